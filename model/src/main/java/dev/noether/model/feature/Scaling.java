package dev.noether.model.feature;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The scaling of values to the model's unit, feature by feature: {@code scaled = (raw - origin - center) / scale}. It is
 * free of units: a feature that is multiplied by a number has the same scaled values.
 *
 * <p>The origin is subtracted in double precision when a row enters a {@link WindowBuffer}. A feature has one if its
 * values are so large beside their spread that a float would lose their steps ({@link OriginEstimator}). All methods
 * here take values less the origin.
 *
 * <p>A feature that was constant in training has the scale {@value ScalingEstimator#CONSTANT_SHARE} times its value. A
 * feature that was always 0 has no unit, so only whether it moved counts: it is {@value #MOVED} if it is not 0, with the
 * sign of its value. Models of earlier versions have the scale 0.01 for all of these.
 *
 * <p>Immutable if the arrays are not modified; thread safe.
 *
 * @param center centres of the features less their origins, in each feature's own unit
 * @param scale scales of the features, in each feature's own unit, above 0
 * @param origin origins of the features, in each feature's own unit; null: all are 0
 * @param alwaysZero the indices of the features that were always 0
 */
@SuppressWarnings("ArrayRecordComponent") // compared by value
public record Scaling(float[] center, float[] scale, double @Nullable [] origin, int[] alwaysZero) {
    /** The scaled value of a feature that was always 0 and is not. */
    public static final float MOVED = 100;

    /**
     * Largest size of a scaled value. The bound keeps later results finite; values beyond it are equally anomalous.
     */
    public static final float LARGEST = 1e9f;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if a number is not finite, a scale is not above 0, or an index is out of range
     */
    public Scaling {
        if (center.length != scale.length) {
            throw new IllegalArgumentException("`scale` must have as many values as `center` (got " + scale.length
                    + " and " + center.length + ")");
        }
        if (origin != null && origin.length != scale.length) {
            throw new IllegalArgumentException("`origin` must have as many values as `scale` (got " + origin.length
                    + " and " + scale.length + ")");
        }
        for (int j = 0; j < scale.length; j++) {
            if (!(scale[j] > 0) || !Float.isFinite(scale[j]) || !Float.isFinite(center[j])) {
                throw new IllegalArgumentException(
                        "feature " + j + " must have a finite center and a positive scale (got " + center[j] + " and "
                                + scale[j] + ")");
            }
            if (origin != null && !Double.isFinite(origin[j])) {
                throw new IllegalArgumentException(
                        "feature " + j + " must have a finite origin (got " + origin[j] + ")");
            }
        }
        for (int j : alwaysZero) {
            if (j < 0 || j >= scale.length) {
                throw new IllegalArgumentException(
                        "`alwaysZero` must name one of " + scale.length + " features (got " + j + ")");
            }
        }
    }

    /** A scaling without origins, of features that were not always 0. */
    public Scaling(float[] center, float[] scale) {
        this(center, scale, null, new int[0]);
    }

    /**
     * Estimates the scaling from rows.
     *
     * @param kind estimator
     * @param rows row-major {@code [count, features]}, finite, less the origins
     * @param count the number of rows, at least 1
     * @param origin {@code [features]}; null: all are 0
     * @param features the number of features
     */
    public static Scaling fit(ScalingKind kind, float[] rows, int count, int features, double @Nullable [] origin) {
        return ScalingEstimator.estimate(kind, rows, count, features, origin);
    }

    /** Estimates the scaling from rows without origins. */
    public static Scaling fit(ScalingKind kind, float[] rows, int count, int features) {
        return fit(kind, rows, count, features, null);
    }

    /** The number of features. */
    public int size() {
        return center.length;
    }

    /** Returns the scaled value of a feature, limited to ± {@value #LARGEST}. */
    public float toModel(int feature, float raw) {
        if (isAlwaysZero(feature)) {
            return moved(raw);
        }
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
        for (int j : alwaysZero) {
            target[to + j] = moved(raw[from + j]);
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
        for (int j : alwaysZero) {
            row[j] = moved(row[j]);
        }
    }

    /** The scale of these features is 1, and scaling keeps what is 0 and what is not. */
    private static float moved(float value) {
        return value == 0 ? 0 : Math.copySign(MOVED, value);
    }

    private boolean isAlwaysZero(int feature) {
        for (int j : alwaysZero) {
            if (j == feature) {
                return true;
            }
        }
        return false;
    }

    /** The scaling of several consecutive rows in one array, of values less the origins. */
    public Scaling repeated(int rows) {
        float[] centers = new float[Math.multiplyExact(rows, center.length)];
        float[] scales = new float[centers.length];
        for (int i = 0; i < centers.length; i++) {
            centers[i] = center[i % center.length];
            scales[i] = scale[i % center.length];
        }
        int[] zeros = new int[Math.multiplyExact(rows, alwaysZero.length)];
        for (int i = 0; i < zeros.length; i++) {
            zeros[i] = i / alwaysZero.length * center.length + alwaysZero[i % alwaysZero.length];
        }
        return new Scaling(centers, scales, null, zeros);
    }

    /** The origin of a feature, in its own unit. */
    public double originOf(int feature) {
        return origin == null ? 0 : origin[feature];
    }

    /**
     * Returns the raw value of a feature, the origin included, limited to the finite floats. It is 0 for a feature that
     * was always 0.
     */
    public double toRaw(int feature, double scaled) {
        if (isAlwaysZero(feature)) {
            return 0;
        }
        double raw = scaled * scale[feature] + center[feature];
        return originOf(feature) + Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, raw));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scaling that
                && Arrays.equals(center, that.center)
                && Arrays.equals(scale, that.scale)
                && Arrays.equals(origin, that.origin)
                && Arrays.equals(alwaysZero, that.alwaysZero);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(center) + Arrays.hashCode(scale);
    }
}
