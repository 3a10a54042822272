package dev.noether.lab.series;

import dev.noether.model.symmetry.learned.SymmetryFamily;
import java.util.List;

/**
 * How to fit a model to series.
 *
 * @param codeSize units of the code (h), at least 1; series that are shorter get as many as they have values
 * @param epochs largest number of epochs, at least 1; an epoch meets each series at least once, and at least
 *     {@value OrbitTraining#FEWEST_ROWS} series, moved anew each time
 * @param batchSize number of series per step, at least 1
 * @param hiddenWidth width of the two hidden layers on either side of the code, at least 1
 * @param learningRate step size of Adam after the warm-up, in (0, 1]; it falls to 0 over the epochs along half a cosine
 * @param families the symmetries to choose from, beside none; empty for none
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

    /** Ten code units, 40 epochs, batches of 32, hidden layers of 256, learning rate 0.001, learned warps. */
    public static SeriesModelOptions defaults() {
        return new SeriesModelOptions(10, 40, 32, 256, 1e-3, List.of(SymmetryFamily.LEARNED_WARP));
    }

    /**
     * The defaults for rows whose columns have no order in time: a learned rotation or none. On images the time warps
     * of a series would mean nothing.
     */
    public static SeriesModelOptions forRows() {
        return defaults().withFamilies(SymmetryFamily.LEARNED_ROTATION);
    }

    /** These options with another size of the code. */
    public SeriesModelOptions withCodeSize(int other) {
        return new SeriesModelOptions(other, epochs, batchSize, hiddenWidth, learningRate, families);
    }

    /** These options with another number of epochs. */
    public SeriesModelOptions withEpochs(int other) {
        return new SeriesModelOptions(codeSize, other, batchSize, hiddenWidth, learningRate, families);
    }

    /** These options with another batch size. */
    public SeriesModelOptions withBatchSize(int other) {
        return new SeriesModelOptions(codeSize, epochs, other, hiddenWidth, learningRate, families);
    }

    /** These options with hidden layers of another width. */
    public SeriesModelOptions withHiddenWidth(int other) {
        return new SeriesModelOptions(codeSize, epochs, batchSize, other, learningRate, families);
    }

    /** These options with another learning rate. */
    public SeriesModelOptions withLearningRate(double other) {
        return new SeriesModelOptions(codeSize, epochs, batchSize, hiddenWidth, other, families);
    }

    /** These options with other symmetries to choose from. */
    public SeriesModelOptions withFamilies(SymmetryFamily... others) {
        return new SeriesModelOptions(codeSize, epochs, batchSize, hiddenWidth, learningRate, List.of(others));
    }

    private static void requireAtLeastOne(String name, int value) {
        if (!(value >= 1)) {
            throw new IllegalArgumentException("`%s` must be at least 1 (got %d)".formatted(name, value));
        }
    }
}
