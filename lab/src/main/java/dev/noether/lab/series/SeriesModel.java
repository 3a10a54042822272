package dev.noether.lab.series;

import static java.util.Objects.requireNonNull;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.Reconstruction;
import dev.noether.model.series.SeriesSet;
import dev.noether.model.symmetry.learned.SymmetryReport;
import dev.noether.model.training.EpochReport;
import java.util.List;
import java.util.Optional;

/**
 * A network fitted to series, and how it came about. As long as its engine is open, it reconstructs; it is not
 * thread-safe, but belongs to the thread of the engine.
 */
public final class SeriesModel {
    private static final int BATCH = 256;

    private final Engine engine;
    private final Autoencoder network;
    private final SymmetryReport symmetry;
    private final List<EpochReport> epochs;
    private final double learnedShare;

    SeriesModel(
            Engine engine,
            Autoencoder network,
            SymmetryReport symmetry,
            List<EpochReport> epochs,
            double learnedShare) {
        this.engine = requireNonNull(engine, "engine");
        this.network = requireNonNull(network, "network");
        this.symmetry = requireNonNull(symmetry, "symmetry");
        this.epochs = List.copyOf(epochs);
        this.learnedShare = learnedShare;
    }

    /** The network. */
    public Autoencoder network() {
        return network;
    }

    /**
     * The symmetry that was chosen, or none, and between what. The errors of a trial are those of the longest training
     * that its candidate got, by fold; only the best candidate and none get as long a training as the model.
     */
    public SymmetryReport symmetry() {
        return symmetry;
    }

    /**
     * The epochs of the training with held-out series that decided how long to train on all, in order, means over the
     * folds. Empty where there were too few series to hold any out.
     */
    public List<EpochReport> epochs() {
        return epochs;
    }

    /**
     * The share of what the layers learned beside the principal components that the network uses, chosen with the
     * number of epochs on held-out series; above 0, at most 1. It is in the network's parameters already.
     */
    public double learnedShare() {
        return learnedShare;
    }

    /**
     * What the chosen symmetry looks like; empty if none was chosen.
     *
     * @param training the series that the model was fitted to
     * @param row index of the one to move
     */
    public Optional<SymmetryPortrait> portrait(SeriesSet training, int row) {
        return symmetry.chosen().map(candidate -> SymmetryPortrait.of(candidate, training, row));
    }

    /**
     * The mean over series and values of the squared difference between series and reconstruction, values as they are.
     *
     * @throws IllegalArgumentException if the series are of another length than those of the training
     */
    public double testError(SeriesSet test) {
        float[] series = test.values();
        float[] reconstructed = reconstruct(test);
        double squares = 0;
        for (int index = 0; index < series.length; index++) {
            double difference = (double) reconstructed[index] - series[index];
            squares += difference * difference;
        }
        return squares / series.length;
    }

    /**
     * The reconstructions, row-major {@code [count, length]}.
     *
     * @throws IllegalArgumentException if the series are of another length than those of the training
     */
    public float[] reconstruct(SeriesSet series) {
        int length = network.shape().inputWidth();
        if (series.length() != length) {
            throw new IllegalArgumentException(
                    "`series` must be of length %d (got %d)".formatted(length, series.length()));
        }
        float[] values = series.values();
        float[] reconstructed = new float[values.length];
        int batch = Math.min(BATCH, series.count());
        float[] input = new float[batch * length];
        float[] output = new float[batch * length];
        try (Reconstruction reconstruction = engine.reconstruction(network, batch)) {
            for (int start = 0; start < series.count(); start += batch) {
                int rows = Math.min(batch, series.count() - start);
                System.arraycopy(values, start * length, input, 0, rows * length);
                reconstruction.run(input, rows, output);
                System.arraycopy(output, 0, reconstructed, start * length, rows * length);
            }
        }
        return reconstructed;
    }
}
