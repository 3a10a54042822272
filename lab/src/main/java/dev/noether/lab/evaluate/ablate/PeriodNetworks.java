package dev.noether.lab.evaluate.ablate;

import static java.util.Objects.requireNonNull;

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
import org.jspecify.annotations.Nullable;

/**
 * Trains residual autoencoders of the windows of one period: principal components and two hidden layers on each side.
 *
 * <p>The plain network is trained with each code. The chosen code has the smallest validation error if the input has
 * the noise that the shape view has learned, and the output is compared with the window without it. Without noise the
 * widest code would always win, and it would reconstruct everything. The other networks take the same code. The
 * narrowest network is kept too, because the best reconstruction need not be the best detector.
 *
 * <p>Not thread-safe; belongs to the thread of its engine.
 */
final class PeriodNetworks {
    private static final List<Integer> CODES = List.of(8, 16, 32, 64);
    private static final List<Integer> HIDDEN = List.of(128, 128);
    private static final int EPOCHS = 60;
    private static final int PATIENCE = 10;
    private static final int BATCH = 64;

    private final Engine engine;
    private final PeriodWindows windows;
    private final SymmetryAutoencoder prototypes;
    private final long seed;
    private final WindowResiduals residuals;
    private @Nullable Autoencoder narrowest;
    private int codeSize;

    PeriodNetworks(Engine engine, PeriodWindows windows, SymmetryAutoencoder prototypes, long seed) {
        this.engine = engine;
        this.windows = windows;
        this.prototypes = prototypes;
        this.seed = seed;
        this.residuals = new WindowResiduals(engine, prototypes);
    }

    /** Trains the network of a variant with the chosen code; the plain one comes first. */
    Autoencoder network(AblationVariant variant) {
        return switch (variant) {
            case NETWORK -> plain();
            case NARROW -> requireNonNull(narrowest, "the plain network comes first");
            default -> train(variant, codeSize);
        };
    }

    private Autoencoder plain() {
        Windows noisy = withNoise(windows.validation());
        Autoencoder best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int code : CODES) {
            if (best != null && code > windows.width()) {
                break;
            }
            Autoencoder network = train(AblationVariant.NETWORK, Math.min(code, windows.width()));
            narrowest = narrowest == null ? network : narrowest;
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

    /** The chosen width; 0 before the plain network. */
    int codeSize() {
        return codeSize;
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
