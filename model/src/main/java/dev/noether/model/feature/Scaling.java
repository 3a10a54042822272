package dev.noether.model.feature;

import java.util.Arrays;

/**
 * The scaling of raw values to the model's unit: {@code scaled = (raw - center) / scale}, feature by feature.
 *
 * <p>A feature that never moves in training has no scale of its own. It gets {@value #CONSTANT_SCALE}, so that a later
 * movement counts, and counts strongly: such features are common in telemetry, and a first movement matters.
 *
 * <p>Immutable as long as the arrays are left alone; thread safe.
 *
 * @param center one for each feature, in the feature's own unit
 * @param scale one for each feature, in the feature's own unit, above 0
 */
public record Scaling(float[] center, float[] scale) {
    /** The scale of a feature whose training values are all the same. */
    public static final float CONSTANT_SCALE = 0.01f;

    /**
     * No scaled value is larger: beyond a thousand million deviations a value is equally absurd, and the numbers behind it
     * stay finite.
     */
    public static final float LARGEST = 1e9f;

    private static final double CONSTANT_BELOW = 1e-6;
    /** How much smaller than the standard deviation a robust scale may be. */
    private static final double LARGEST_RATIO = 10;
    /** The interquartile range of a normal distribution, in standard deviations. */
    private static final double NORMAL_QUARTILE_RANGE = 1.349;

    public Scaling {
        if (center.length != scale.length) {
            throw new IllegalArgumentException("`scale` must have as many values as `center` (got " + scale.length
                    + " and " + center.length + ")");
        }
        for (int j = 0; j < scale.length; j++) {
            if (!(scale[j] > 0) || !Float.isFinite(scale[j]) || !Float.isFinite(center[j])) {
                throw new IllegalArgumentException(
                        "feature " + j + " must have a finite center and a positive scale (got " + center[j] + " and "
                                + scale[j] + ")");
            }
        }
    }

    /**
     * Estimates the scaling from rows.
     *
     * @param kind how
     * @param rows row-major {@code [count, features]}, finite
     * @param count the number of rows, at least 1
     * @param features the number of features
     */
    public static Scaling fit(ScalingKind kind, float[] rows, int count, int features) {
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

    /** The number of features. */
    public int size() {
        return center.length;
    }

    /** Returns the scaled value of a feature, held within ± {@value #LARGEST}. */
    public float toModel(int feature, float raw) {
        return Math.max(-LARGEST, Math.min(LARGEST, (raw - center[feature]) / scale[feature]));
    }

    /**
     * Scales one row, as {@link #toModel(int, float)} does each value.
     *
     * @param raw the row, from {@code from} on
     * @param from where it starts
     * @param target receives the scaled row
     * @param to where that starts
     */
    public void toModel(float[] raw, int from, float[] target, int to) {
        float[] centers = center;
        float[] scales = scale;
        // Two loops: the first is one that the JIT compiler turns into vector instructions, the second is all
        // comparisons.
        for (int j = 0; j < centers.length; j++) {
            target[to + j] = (raw[from + j] - centers[j]) / scales[j];
        }
        for (int j = to; j < to + centers.length; j++) {
            if (!(Math.abs(target[j]) <= LARGEST)) {
                target[j] = Math.max(-LARGEST, Math.min(LARGEST, target[j]));
            }
        }
    }

    /**
     * Scales a row in place, as {@link #toModel(int, float)} does each value. Without offsets into the arrays the JIT compiler
     * turns both loops into vector instructions.
     *
     * @param row at least as many values as there are features
     */
    public void toModel(float[] row) {
        float[] centers = center;
        float[] scales = scale;
        for (int j = 0; j < centers.length; j++) {
            row[j] = (row[j] - centers[j]) / scales[j];
        }
        for (int j = 0; j < centers.length; j++) {
            row[j] = Math.max(-LARGEST, Math.min(LARGEST, row[j]));
        }
    }

    /** The same scaling for so many rows one behind the other. */
    public Scaling repeated(int rows) {
        float[] centers = new float[Math.multiplyExact(rows, center.length)];
        float[] scales = new float[centers.length];
        for (int i = 0; i < centers.length; i++) {
            centers[i] = center[i % center.length];
            scales[i] = scale[i % center.length];
        }
        return new Scaling(centers, scales);
    }

    /** Returns the raw value of a feature, held within the finite floats. */
    public float toRaw(int feature, float scaled) {
        double raw = (double) scaled * scale[feature] + center[feature];
        return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, raw));
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
            // Where most values are equal the quartiles say nothing, and bursts would count thousands of units.
            spread = Math.max(range, deviation / LARGEST_RATIO);
        }
        center[j] = (float) middle;
        scale[j] = spread < CONSTANT_BELOW ? CONSTANT_SCALE : (float) Math.min(spread, Float.MAX_VALUE);
    }

    private static double quantile(float[] sorted, double level) {
        double position = level * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * ((double) sorted[above] - sorted[below]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scaling that && Arrays.equals(center, that.center) && Arrays.equals(scale, that.scale);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(center) + Arrays.hashCode(scale);
    }
}
