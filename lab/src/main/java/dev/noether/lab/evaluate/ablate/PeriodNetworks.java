package dev.noether.lab.evaluate.ablate;

import dev.noether.lab.evaluate.ablate.PeriodWindows.Windows;
import dev.noether.lab.series.PrincipalBaseFitter;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.series.SeriesSet;
import dev.noether.model.shape.SymmetryAutoencoder;
import dev.noether.model.symmetry.learned.OrbitAugmentation;
import dev.noether.model.symmetry.learned.WarpFlow;
import dev.noether.model.training.AutoencoderTrainer;
import dev.noether.model.training.TrainingOptions;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Trains residual autoencoders of the windows of one period: principal components and two hidden layers on each side.
 *
 * <p>The plain network is trained with each code. The chosen code has the smallest validation error if the input has the
 * noise that the shape view has learned, and the output is compared with the window without it. Without noise the widest
 * code would always win, and it would reconstruct everything. The other networks take the same code.
 *
 * <p>Not thread-safe; belongs to the thread of its engine.
 */
final class PeriodNetworks {
    private static final List<Integer> CODES = List.of(8, 16, 32, 64);
    private static final List<Integer> HIDDEN = List.of(128, 128);
    private static final int EPOCHS = 30;
    private static final int PATIENCE = 6;
    private static final int BATCH = 64;

    private final Engine engine;
    private final PeriodWindows windows;
    private final SymmetryAutoencoder prototypes;
    private final long seed;
    private final WindowResiduals residuals;
    private int codeSize;

    PeriodNetworks(Engine engine, PeriodWindows windows, SymmetryAutoencoder prototypes, long seed) {
        this.engine = engine;
        this.windows = windows;
        this.prototypes = prototypes;
        this.seed = seed;
        this.residuals = new WindowResiduals(engine, prototypes);
    }

    /** Trains the plain network with each code, and returns the chosen one. */
    Autoencoder plain() {
        Windows noisy = withNoise(windows.validation());
        Autoencoder best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int code : CODES) {
            if (best != null && code > windows.width()) {
                break;
            }
            Autoencoder network = train(AblationVariant.NETWORK, Math.min(code, windows.width()));
            double error = residuals.meanSquare(network, noisy, windows.validation());
            if (best == null || error < least) {
                best = network;
                least = error;
            }
        }
        if (best == null) {
            throw new IllegalStateException("there is no width of a code");
        }
        codeSize = best.shape().codeSize();
        return best;
    }

    /** The chosen width; 0 before {@link #plain}. */
    int codeSize() {
        return codeSize;
    }

    /** Trains another network with the chosen code. */
    Autoencoder train(AblationVariant variant) {
        return train(variant, codeSize);
    }

    private Autoencoder train(AblationVariant variant, int code) {
        int width = windows.width();
        SeriesSet own = SeriesSet.of(
                windows.training().values().clone(), windows.training().count(), width);
        SeriesSet train = variant == AblationVariant.ORBITS
                ? new OrbitAugmentation(WarpFlow.learned(prototypes.covariance(), width), seed).augment(own)
                : own;
        // As many steps with more windows.
        int epochs = Math.max(1, EPOCHS * own.count() / train.count());
        TrainingOptions options = TrainingOptions.defaults()
                .withBatchSize(BATCH)
                .withEpochs(epochs)
                .withPatience(Math.max(1, PATIENCE * own.count() / train.count()))
                .withMethod(variant.method())
                .withSeed(seed);
        Autoencoder initial = Autoencoder.residual(
                new AutoencoderShape(width, HIDDEN, code, HIDDEN),
                PrincipalBaseFitter.of(engine, train.values(), train.count(), width, code),
                new SplittableRandom(~seed));
        return new AutoencoderTrainer(engine, options)
                .train(
                        initial,
                        train.values(),
                        train.count(),
                        windows.validation().values(),
                        windows.validation().count(),
                        (completed, of, trainError, validationError) -> {})
                .autoencoder();
    }

    private Windows withNoise(Windows clean) {
        SplittableRandom random = new SplittableRandom(seed);
        double deviation = Math.sqrt(prototypes.noise());
        float[] values = clean.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (deviation * random.nextGaussian());
        }
        return new Windows(values, clean.count());
    }
}
