package dev.noether.model.series;

/**
 * How to fit a model to series.
 *
 * @param codeSize units of the code (h), at least 1; where series are shorter or fewer, as many as they can fill
 * @param epochs largest number of passes over the training series and their moved copies
 * @param batchSize number of series per step
 */
public record SeriesModelOptions(int codeSize, int epochs, int batchSize) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public SeriesModelOptions {
        requireAtLeast("codeSize", codeSize, 1);
        requireAtLeast("epochs", epochs, 1);
        requireAtLeast("batchSize", batchSize, 1);
    }

    /** Ten code units, at most 125 epochs, batches of 16. */
    public static SeriesModelOptions defaults() {
        return new SeriesModelOptions(10, 125, 16);
    }

    private static void requireAtLeast(String name, int value, int least) {
        if (!(value >= least)) {
            throw new IllegalArgumentException("`%s` must be at least %d (got %d)".formatted(name, least, value));
        }
    }
}
