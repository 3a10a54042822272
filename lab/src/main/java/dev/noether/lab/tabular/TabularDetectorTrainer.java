package dev.noether.lab.tabular;

import static java.util.Objects.requireNonNull;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.feature.Scaling;
import dev.noether.model.feature.ScalingKind;
import dev.noether.model.training.AutoencoderTrainer;
import dev.noether.model.training.TrainingOptions;
import dev.noether.model.training.TrainingProgress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Trains detectors for independent rows on normal rows. A fifth of the rows is held out from the training of the
 * network: it is used for early stopping, and its residuals for the whitening. The same rows and options result in the
 * same detector.
 *
 * <p>Not thread-safe: works on the thread of its engine.
 */
public final class TabularDetectorTrainer {
    private static final int FEWEST_ROWS = 10;

    private final Engine engine;
    private final TabularOptions options;

    /** Makes a trainer. */
    public TabularDetectorTrainer(Engine engine, TabularOptions options) {
        this.engine = requireNonNull(engine, "engine");
        this.options = requireNonNull(options, "options");
    }

    /**
     * Trains a detector.
     *
     * @param rows normal rows in raw values, row-major {@code [count, features]}, finite
     * @param count number of rows, at least {@value #FEWEST_ROWS} and at least the number of neighbours
     * @param features number of features, at least 1
     * @throws IllegalArgumentException if there are too few rows, or a value is not finite
     */
    public TabularDetector train(float[] rows, int count, int features, TrainingProgress progress) {
        int fewest = Math.max(FEWEST_ROWS, options.neighbours());
        if (count < fewest) {
            throw new IllegalArgumentException("`count` must be at least " + fewest + " (got " + count + ")");
        }
        RowArguments.requireRows("rows", rows, count, features);
        RandomGenerator random = new SplittableRandom(options.training().seed());
        Scaling scaling = Scaling.fit(ScalingKind.STANDARD, rows, count, features);
        float[] scaled = shuffled(TabularDetector.scaled(scaling, rows, count), count, features, random);
        int heldOut = Math.max(1, count / 5);
        int trained = count - heldOut;
        Autoencoder network = network(scaled, trained, heldOut, features, progress);
        float[] residuals = new float[scaled.length];
        TabularDetector.residuals(engine, network, scaled, count, residuals);
        return new TabularDetector(
                scaling,
                network,
                ReferenceRows.sample(scaled, count, features, options.references(), random),
                Whitening.fit(residuals, trained, heldOut, features, options.ridge()),
                options);
    }

    private Autoencoder network(float[] scaled, int trained, int heldOut, int features, TrainingProgress progress) {
        List<Integer> mirrored = new ArrayList<>(options.hiddenWidths());
        Collections.reverse(mirrored);
        int codeSize = Math.max(1, Math.min(options.codeSize(), features / 2));
        AutoencoderShape shape = new AutoencoderShape(features, options.hiddenWidths(), codeSize, mirrored);
        TrainingOptions training = options.training();
        int stepsInEpoch = (trained + training.batchSize() - 1) / training.batchSize();
        int epochs = Math.max(1, Math.min(training.epochs(), options.steps() / stepsInEpoch));
        float[] validation = Arrays.copyOfRange(scaled, trained * features, (trained + heldOut) * features);
        return new AutoencoderTrainer(engine, training.withEpochs(epochs))
                .train(shape, scaled, trained, validation, heldOut, progress)
                .autoencoder();
    }

    /** Shuffles the rows, because the order of the input may be sorted by a feature. */
    private static float[] shuffled(float[] rows, int count, int features, RandomGenerator random) {
        float[] swapRow = new float[features];
        for (int last = count - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            System.arraycopy(rows, last * features, swapRow, 0, features);
            System.arraycopy(rows, other * features, rows, last * features, features);
            System.arraycopy(swapRow, 0, rows, other * features, features);
        }
        return rows;
    }
}
