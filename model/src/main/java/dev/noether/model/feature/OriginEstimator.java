package dev.noether.model.feature;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the features whose values are so large beside their spread that single precision would lose their steps: byte
 * totals, epoch times, a small variation of a large level. Their origin is their mean; a window holds the difference to
 * it ({@link WindowBuffer}). All other features have the origin 0, and their values are rounded to floats.
 *
 * <p>The values may be added in any order. Not thread safe.
 */
public final class OriginEstimator {
    /**
     * A feature has an origin if its mean is larger than this many standard deviations. Below it, the rounding to a
     * float is less than 10⁻⁵ of the spread.
     */
    private static final double LARGEST_RATIO = 256;

    /** A spread below this share of the value is rounding of double precision: the feature is constant. */
    private static final double ROUNDING = 1e-13;

    /** The first value of each feature, from which sums are taken; NaN before it. */
    private final double[] first;

    private final double[] sum;
    private final double[] squares;
    private final long[] count;

    /** Makes an estimator without values. */
    public OriginEstimator(int features) {
        first = new double[features];
        Arrays.fill(first, Double.NaN);
        sum = new double[features];
        squares = new double[features];
        count = new long[features];
    }

    /** Adds a value of a feature, in its own unit; NaN is missing. */
    public void add(int feature, double value) {
        if (Double.isNaN(value)) {
            return;
        }
        if (count[feature]++ == 0) {
            first[feature] = value;
        }
        double difference = value - first[feature];
        sum[feature] += difference;
        squares[feature] += difference * difference;
    }

    /** The origins, {@code [features]}; null if all are 0. */
    public double @Nullable [] origins() {
        double[] origins = new double[first.length];
        boolean isAny = false;
        for (int j = 0; j < origins.length; j++) {
            origins[j] = origin(j);
            isAny |= origins[j] != 0;
        }
        return isAny ? origins : null;
    }

    private double origin(int feature) {
        if (count[feature] == 0) {
            return 0;
        }
        double shift = sum[feature] / count[feature];
        double mean = first[feature] + shift;
        double deviation = Math.sqrt(Math.max(0, squares[feature] / count[feature] - shift * shift));
        boolean isConstant = !(deviation > ROUNDING * Math.abs(mean));
        return !isConstant && Math.abs(mean) > LARGEST_RATIO * deviation ? mean : 0;
    }
}
