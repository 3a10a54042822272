package dev.noether.model.exceedance;

import java.util.Arrays;

/**
 * One level of the deviations of all features: each feature has a limit, which it exceeds in a small share of normal
 * rows. If the features were independent, the number of features beyond their limits would be binomial. Features that
 * deviate together make it vary more, by the dispersion.
 *
 * <p>Immutable if the array is not modified; thread safe.
 *
 * @param share mean share of the features that are beyond their limits in normal operation, in (0, 1)
 * @param dispersion divisor of the surprise, so that a surprise is about as rare as it says, at least 1
 * @param limits for each feature the square of a standardised residual, above 0 and finite
 */
public record ExceedanceLevel(float share, float dispersion, float[] limits) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public ExceedanceLevel {
        if (!(share > 0 && share < 1) || !(dispersion >= 1) || !Float.isFinite(dispersion)) {
            throw new IllegalArgumentException("`share` must be in (0, 1) and `dispersion` finite and at least 1 (got "
                    + share + " and " + dispersion + ")");
        }
        for (float limit : limits) {
            if (!(limit > 0) || !Float.isFinite(limit)) {
                throw new IllegalArgumentException("`limits` must be finite and above 0 (got " + limit + ")");
            }
        }
    }

    /** The number of features beyond their limits. */
    int count(float[] squares, float widening) {
        float[] own = limits;
        int count = 0;
        for (int j = 0; j < own.length; j++) {
            count += squares[j] > widening * own[j] ? 1 : 0;
        }
        return count;
    }

    /**
     * The surprise of each number of features: the exponent of Chernoff's bound on the chance that so many of
     * independent features exceed their limits (Berk and Jones 1979), divided by the dispersion.
     */
    double[] surprises() {
        int features = limits.length;
        double[] surprises = new double[features + 1];
        for (int count = 0; count <= features; count++) {
            surprises[count] = surpriseOf(count, features, share) / dispersion;
        }
        return surprises;
    }

    /** The exponent of Chernoff's bound for a count of independent features; 0 up to the mean. */
    public static double surpriseOf(int count, int features, double share) {
        double seen = (double) count / features;
        if (seen <= share) {
            return 0;
        }
        double others = seen < 1 ? (1 - seen) * Math.log((1 - seen) / (1 - share)) : 0;
        return features * (seen * Math.log(seen / share) + others);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExceedanceLevel that
                && share == that.share
                && dispersion == that.dispersion
                && Arrays.equals(limits, that.limits);
    }

    @Override
    public int hashCode() {
        return 31 * Float.hashCode(share) + Arrays.hashCode(limits);
    }
}
