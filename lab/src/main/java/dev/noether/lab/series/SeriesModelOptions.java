package dev.noether.lab.series;

import dev.noether.model.symmetry.learned.SymmetryFamily;
import java.util.List;

/**
 * The options of a model for series.
 *
 * @param codeSize number of code units (h), at least 1; at most the length of the series is used
 * @param epochs largest number of epochs, at least 1; an epoch contains each series at least once, and at least {@value
 *     OrbitTraining#FEWEST_ROWS} series, with new random motions
 * @param batchSize number of series per step, at least 1
 * @param hiddenWidth width of the two hidden layers on either side of the code, at least 1
 * @param learningRate step size of Adam after the warm-up, in (0, 1]; it falls to 0 over the epochs along half a cosine
 * @param families candidate symmetries in addition to no symmetry; may be empty
 */
public record SeriesModelOptions(
        int codeSize, int epochs, int batchSize, int hiddenWidth, double learningRate, List<SymmetryFamily> families) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public SeriesModelOptions {
        requireAtLeastOne("codeSize", codeSize);
        requireAtLeastOne("epochs", epochs);
        requireAtLeastOne("batchSize", batchSize);
        requireAtLeastOne("hiddenWidth", hiddenWidth);
        if (!(learningRate > 0 && learningRate <= 1)) {
            throw new IllegalArgumentException("`learningRate` must be in (0, 1] (got %s)".formatted(learningRate));
        }
        families = List.copyOf(families);
    }

    /**
     * Returns the defaults: 10 code units, 40 epochs, batches of 32, hidden layers of 256, rate 0.001, learned warps.
     */
    public static SeriesModelOptions defaults() {
        return new SeriesModelOptions(10, 40, 32, 256, 1e-3, List.of(SymmetryFamily.LEARNED_WARP));
    }

    /**
     * Returns the defaults for rows whose columns have no order in time, such as images: a learned rotation or none.
     */
    public static SeriesModelOptions forRows() {
        return defaults().withFamilies(SymmetryFamily.LEARNED_ROTATION);
    }

    /** Returns these options with another size of the code. */
    public SeriesModelOptions withCodeSize(int other) {
        return new SeriesModelOptions(other, epochs, batchSize, hiddenWidth, learningRate, families);
    }

    /** Returns these options with another number of epochs. */
    public SeriesModelOptions withEpochs(int other) {
        return new SeriesModelOptions(codeSize, other, batchSize, hiddenWidth, learningRate, families);
    }

    /** Returns these options with another batch size. */
    public SeriesModelOptions withBatchSize(int other) {
        return new SeriesModelOptions(codeSize, epochs, other, hiddenWidth, learningRate, families);
    }

    /** Returns these options with hidden layers of another width. */
    public SeriesModelOptions withHiddenWidth(int other) {
        return new SeriesModelOptions(codeSize, epochs, batchSize, other, learningRate, families);
    }

    /** Returns these options with another learning rate. */
    public SeriesModelOptions withLearningRate(double other) {
        return new SeriesModelOptions(codeSize, epochs, batchSize, hiddenWidth, other, families);
    }

    /** Returns these options with other candidate symmetries. */
    public SeriesModelOptions withFamilies(SymmetryFamily... others) {
        return new SeriesModelOptions(codeSize, epochs, batchSize, hiddenWidth, learningRate, List.of(others));
    }

    private static void requireAtLeastOne(String name, int value) {
        if (!(value >= 1)) {
            throw new IllegalArgumentException("`%s` must be at least 1 (got %d)".formatted(name, value));
        }
    }
}
