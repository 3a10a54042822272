package dev.noether.model.training;

import dev.noether.model.scoring.Judgement;
import java.util.Arrays;

/**
 * The deviations of all features in evenly spaced rows of a replay. Takes at most {@value #MOST_VALUES} values, and none
 * with fewer features than {@value #FEWEST_FEATURES}. Not thread safe.
 */
final class DeviationSample {
    /**
     * With fewer features a sum of squares sees what a count of features sees: of 38 features 5 % are two.
     */
    static final int FEWEST_FEATURES = 64;

    private static final int MOST_VALUES = 1 << 22;

    private final int features;
    private final long step;
    private final float[] row;
    private float[] squares = {};
    private long seen;
    private int rows;

    /**
     * Makes an empty sample.
     *
     * @param mostRows number of rows that come, or more
     */
    DeviationSample(int features, long mostRows) {
        this.features = features;
        this.step = Math.max(1, (mostRows * features + MOST_VALUES - 1) / MOST_VALUES);
        this.row = new float[features];
    }

    /** Adds a row, if it is one of the sample. */
    void add(Judgement judgement) {
        if (features < FEWEST_FEATURES || seen++ % step != 0) {
            return;
        }
        if ((rows + 1) * features > squares.length) {
            int larger = Math.max(features << 6, Math.min(2 * squares.length, MOST_VALUES + features));
            squares = Arrays.copyOf(squares, larger);
        }
        judgement.copyDeviations(row);
        System.arraycopy(row, 0, squares, rows * features, features);
        rows++;
    }

    int features() {
        return features;
    }

    int rows() {
        return rows;
    }

    /** The squares of a feature, ascending. */
    float[] sorted(int feature) {
        float[] sorted = new float[rows];
        for (int i = 0; i < rows; i++) {
            sorted[i] = squares[i * features + feature];
        }
        Arrays.sort(sorted);
        return sorted;
    }

    /** The number of features beyond their limits in a row. */
    int count(int index, float[] limits) {
        int count = 0;
        for (int j = 0; j < features; j++) {
            count += squares[index * features + j] > limits[j] ? 1 : 0;
        }
        return count;
    }
}
