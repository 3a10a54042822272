package dev.noether.model.feature;

import java.util.Arrays;

/** Estimates the scaling of raw values from training rows. */
final class ScalingEstimator {
    /** A feature with a smaller spread is constant. */
    private static final double CONSTANT_BELOW = 1e-6;

    /** A robust scale is at least the standard deviation divided by this. */
    private static final double LARGEST_RATIO = 10;

    /** The interquartile range of a normal distribution, in standard deviations. */
    private static final double NORMAL_QUARTILE_RANGE = 1.349;

    private ScalingEstimator() {}

    static Scaling estimate(ScalingKind kind, float[] rows, int count, int features) {
        if (count < 1 || rows.length < (long) count * features) {
            throw new IllegalArgumentException(
                    "`rows` must hold at least one row of " + features + " (got " + count + " rows)");
        }
        float[] center = new float[features];
        float[] scale = new float[features];
        float[] column = new float[count];
        for (int j = 0; j < features; j++) {
            for (int i = 0; i < count; i++) {
                column[i] = rows[i * features + j];
            }
            fitFeature(kind, column, j, center, scale);
        }
        return new Scaling(center, scale);
    }

    private static void fitFeature(ScalingKind kind, float[] column, int j, float[] center, float[] scale) {
        double mean = 0;
        for (float value : column) {
            mean += value;
        }
        mean /= column.length;
        double squares = 0;
        for (float value : column) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = Math.sqrt(squares / column.length);
        double middle = mean;
        double spread = deviation;
        if (kind == ScalingKind.ROBUST) {
            Arrays.sort(column);
            middle = quantile(column, 0.5);
            double range = (quantile(column, 0.75) - quantile(column, 0.25)) / NORMAL_QUARTILE_RANGE;
            // If most values are equal, the quartiles are too, and a burst would be thousands of units high.
            spread = Math.max(range, deviation / LARGEST_RATIO);
        }
        center[j] = (float) middle;
        scale[j] = spread < CONSTANT_BELOW ? Scaling.CONSTANT_SCALE : (float) Math.min(spread, Float.MAX_VALUE);
    }

    private static double quantile(float[] sorted, double level) {
        double position = level * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * ((double) sorted[above] - sorted[below]);
    }
}
