package dev.noether.model.feature;

import java.util.Arrays;

/**
 * How the rows of a stream become the rows that a model judges. Immutable if the arrays are not modified; thread safe.
 *
 * @param counters ascending indices of the features that are counters; the model judges their increase per second
 * @param longestGaps longest number of consecutive rows of an entity without a value in training, for each feature; empty
 *     if it is unknown, in models of earlier versions
 */
@SuppressWarnings("ArrayRecordComponent") // compared by value
public record InputForm(int[] counters, int[] longestGaps) {
    /** The form of models of earlier versions: all values are judged as they are. */
    public static final InputForm PLAIN = new InputForm(new int[0], new int[0]);

    /**
     * Checks the indices and counts.
     *
     * @throws IllegalArgumentException if an index does not ascend from 0 on, or a count is negative
     */
    public InputForm {
        int before = -1;
        for (int counter : counters) {
            if (counter <= before) {
                throw new IllegalArgumentException(
                        "`counters` must be ascending indices (got " + Arrays.toString(counters) + ")");
            }
            before = counter;
        }
        for (int gap : longestGaps) {
            if (gap < 0) {
                throw new IllegalArgumentException("`longestGaps` must be at least 0 (got " + gap + ")");
            }
        }
    }

    /**
     * Checks that the form fits a number of features.
     *
     * @throws IllegalArgumentException if it does not
     */
    public void requireFeatures(int features) {
        if (counters.length > 0 && counters[counters.length - 1] >= features
                || longestGaps.length > 0 && longestGaps.length != features) {
            throw new IllegalArgumentException("the form of the input must have " + features
                    + " features (got counters " + Arrays.toString(counters) + " and " + longestGaps.length + " gaps)");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InputForm that
                && Arrays.equals(counters, that.counters)
                && Arrays.equals(longestGaps, that.longestGaps);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(counters) + Arrays.hashCode(longestGaps);
    }
}
