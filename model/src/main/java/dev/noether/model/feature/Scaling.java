package dev.noether.model.feature;

import java.util.Arrays;

/**
 * The scaling of raw values to the model's unit: {@code scaled = (raw - center) / scale}, feature by feature.
 *
 * <p>A feature that is constant in training has the scale {@value #CONSTANT_SCALE}, so that a later change deviates
 * strongly. Such features are common in telemetry, and their first change matters.
 *
 * <p>Immutable if the arrays are not modified; thread safe.
 *
 * @param center centres of the features, in each feature's own unit
 * @param scale scales of the features, in each feature's own unit, above 0
 */
public record Scaling(float[] center, float[] scale) {
    /** The scale of a feature whose training values are all equal. */
    public static final float CONSTANT_SCALE = 0.01f;

    /**
     * Largest size of a scaled value. The bound keeps later results finite; values beyond it are equally anomalous.
     */
    public static final float LARGEST = 1e9f;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if a number is not finite or a scale is not above 0
     */
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
     * @param kind estimator
     * @param rows row-major {@code [count, features]}, finite
     * @param count the number of rows, at least 1
     * @param features the number of features
     */
    public static Scaling fit(ScalingKind kind, float[] rows, int count, int features) {
        return ScalingEstimator.estimate(kind, rows, count, features);
    }

    /** The number of features. */
    public int size() {
        return center.length;
    }

    /** Returns the scaled value of a feature, limited to ± {@value #LARGEST}. */
    public float toModel(int feature, float raw) {
        return Math.max(-LARGEST, Math.min(LARGEST, (raw - center[feature]) / scale[feature]));
    }

    /**
     * Scales the values of one row as {@link #toModel(int, float)} does.
     *
     * @param raw array that holds the row
     * @param from index of the first raw value
     * @param target receives the scaled row
     * @param to index of the first scaled value
     */
    public void toModel(float[] raw, int from, float[] target, int to) {
        float[] centers = center;
        float[] scales = scale;
        // Two loops, because the JIT compiler only vectorises the first if the comparisons are in another one.
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
     * Scales the values of a row in place as {@link #toModel(int, float)} does. The JIT compiler vectorises both loops,
     * because they need no offsets.
     *
     * @param row values, at least as many as there are features
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

    /** The scaling of several consecutive rows in one array. */
    public Scaling repeated(int rows) {
        float[] centers = new float[Math.multiplyExact(rows, center.length)];
        float[] scales = new float[centers.length];
        for (int i = 0; i < centers.length; i++) {
            centers[i] = center[i % center.length];
            scales[i] = scale[i % center.length];
        }
        return new Scaling(centers, scales);
    }

    /** Returns the raw value of a feature, limited to the finite floats. */
    public float toRaw(int feature, float scaled) {
        double raw = (double) scaled * scale[feature] + center[feature];
        return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, raw));
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
