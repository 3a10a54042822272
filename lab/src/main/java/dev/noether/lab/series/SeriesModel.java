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
 * A network that was fitted to series, with the report of the fit. It reconstructs series as long as its engine is
 * open. Not thread-safe: it belongs to the thread of the engine.
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

    /** Returns the network. */
    public Autoencoder network() {
        return network;
    }

    /**
     * Returns the chosen symmetry, or none, with all candidates. The errors of a trial are those of the longest
     * training of its candidate, by fold. Only the best candidate and the training without a symmetry run for as many
     * epochs as the model.
     */
    public SymmetryReport symmetry() {
        return symmetry;
    }

    /**
     * Returns the epochs of the training with held-out series that determined the number of epochs, in order, as means
     * over the folds. Empty if there were too few series to hold any out.
     */
    public List<EpochReport> epochs() {
        return epochs;
    }

    /**
     * Returns the share of the learned layers that the network adds to the principal components, in (0, 1]. It was
     * chosen on held-out series, with the number of epochs. The parameters of the network include it.
     */
    public double learnedShare() {
        return learnedShare;
    }

    /**
     * Returns the portrait of the chosen symmetry; empty if none was chosen.
     *
     * @param training training series of the model
     * @param row index of the series to move
     */
    public Optional<SymmetryPortrait> portrait(SeriesSet training, int row) {
        return symmetry.chosen().map(candidate -> SymmetryPortrait.of(candidate, training, row));
    }

    /**
     * Returns the mean squared difference between series and reconstructions, over series and values, in the unit of
     * the series.
     *
     * @throws IllegalArgumentException if the series are of another length than those of the training
     */
    public double testError(SeriesSet test) {
        float[] series = test.values();
        float[] reconstructions = reconstruct(test);
        double squares = 0;
        for (int index = 0; index < series.length; index++) {
            double difference = (double) reconstructions[index] - series[index];
            squares += difference * difference;
        }
        return squares / series.length;
    }

    /**
     * Returns the reconstructions, row-major {@code [count, length]}.
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
        float[] reconstructions = new float[values.length];
        int batch = Math.min(BATCH, series.count());
        float[] input = new float[batch * length];
        float[] output = new float[batch * length];
        try (Reconstruction reconstruction = engine.reconstruction(network, batch)) {
            for (int start = 0; start < series.count(); start += batch) {
                int rows = Math.min(batch, series.count() - start);
                System.arraycopy(values, start * length, input, 0, rows * length);
                reconstruction.run(input, rows, output);
                System.arraycopy(output, 0, reconstructions, start * length, rows * length);
            }
        }
        return reconstructions;
    }
}
