package dev.noether.model.feature;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Estimates the scaling of raw values from training rows. */
final class ScalingEstimator {
    /** The scale of a constant feature, as a share of its value. */
    static final double CONSTANT_SHARE = 0.02;

    /** A robust scale is at least the standard deviation divided by this. */
    private static final double LARGEST_RATIO = 10;

    /** The interquartile range of a normal distribution, in standard deviations. */
    private static final double NORMAL_QUARTILE_RANGE = 1.349;

    private ScalingEstimator() {}

    static Scaling estimate(ScalingKind kind, float[] rows, int count, int features, double @Nullable [] origin) {
        if (count < 1 || rows.length < (long) count * features) {
            throw new IllegalArgumentException(
                    "`rows` must hold at least one row of " + features + " (got " + count + " rows)");
        }
        float[] center = new float[features];
        float[] scale = new float[features];
        float[] column = new float[count];
        int[] zeros = new int[features];
        int zeroCount = 0;
        for (int j = 0; j < features; j++) {
            for (int i = 0; i < count; i++) {
                column[i] = rows[i * features + j];
            }
            if (isConstant(column)) {
                center[j] = column[0];
                scale[j] = constantScale(column[0]);
                zeros[zeroCount] = j;
                zeroCount += column[0] == 0 && (origin == null || origin[j] == 0) ? 1 : 0;
            } else {
                fitFeature(kind, column, j, center, scale);
            }
        }
        return new Scaling(center, scale, origin, Arrays.copyOf(zeros, zeroCount));
    }

    private static boolean isConstant(float[] column) {
        for (float value : column) {
            if (value != column[0]) {
                return false;
            }
        }
        return true;
    }

    private static float constantScale(float value) {
        return value == 0 ? 1 : (float) Math.max(Float.MIN_NORMAL, CONSTANT_SHARE * Math.abs((double) value));
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
        scale[j] = (float) Math.max(Float.MIN_NORMAL, Math.min(spread, Float.MAX_VALUE));
    }

    private static double quantile(float[] sorted, double level) {
        double position = level * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * ((double) sorted[above] - sorted[below]);
    }
}
