package dev.noether.model.calibration;

import java.util.Arrays;

/**
 * Slow running mean and variance of each feature.
 *
 * <p>The scale starts with training statistics and adapts with each row at a given rate. It neither clips values nor
 * stops adapting during anomalies, because both reduced detection quality in measurements.
 *
 * <p>Not thread safe; standardising and learning allocate nothing. All arrays are read from index 0: the JIT compiler
 * vectorises loops over {@code a[j]} and {@code b[j]}, but not over {@code a[offset + j]}, which is three to four times
 * slower.
 */
public final class RunningScale {
    /** Upper bound of variances, so that an extreme value cannot make a variance infinite. */
    private static final float LARGEST_VARIANCE = Float.MAX_VALUE / 4;
    /** A row whose squares sum to less than this cannot move a variance beyond its bound. */
    private static final double HARMLESS_SQUARE_SUM = 1000;

    /** Size of the object header, two references and two array headers, in bytes. */
    private static final int OBJECT_BYTES = 24 + 2 * 16;

    private final float[] mean;
    private final float[] variance;

    /**
     * Makes a scale.
     *
     * @param mean means of the features, in the model's unit; copied
     * @param variance variances of the features, at least 0; copied
     */
    public RunningScale(float[] mean, float[] variance) {
        if (mean.length != variance.length) {
            throw new IllegalArgumentException("`variance` must have as many values as `mean` (got " + variance.length
                    + " and " + mean.length + ")");
        }
        for (int j = 0; j < mean.length; j++) {
            if (!Float.isFinite(mean[j]) || !(variance[j] >= 0) || !Float.isFinite(variance[j])) {
                throw new IllegalArgumentException(
                        "feature " + j + " must have a finite mean and a variance of at least 0" + " (got " + mean[j]
                                + " and " + variance[j] + ")");
            }
        }
        this.mean = mean.clone();
        this.variance = variance.clone();
        limit(this.variance, variance.length, LARGEST_VARIANCE);
    }

    /** Makes an independent copy. */
    public RunningScale copy() {
        return new RunningScale(mean, variance);
    }

    /** The number of features. */
    public int features() {
        return mean.length;
    }

    /** The running mean of a feature, in the model's unit. */
    public float mean(int feature) {
        return mean[feature];
    }

    /** The running variance of a feature, in the square of the model's unit. */
    public float variance(int feature) {
        return variance[feature];
    }

    /** Approximate size of a scale in memory, in bytes. */
    public static long memoryBytes(int features) {
        return OBJECT_BYTES + 2L * features * Float.BYTES;
    }

    /** Writes the running means and variances. */
    public void copyTo(float[] means, float[] variances) {
        System.arraycopy(mean, 0, means, 0, mean.length);
        System.arraycopy(variance, 0, variances, 0, variance.length);
    }

    /** Copies the means and variances of another scale with the same number of features. */
    public void set(RunningScale other) {
        System.arraycopy(other.mean, 0, mean, 0, mean.length);
        System.arraycopy(other.variance, 0, variance, 0, variance.length);
    }

    /** Adds the running means to values; the sums are written to {@code sums}. */
    public void addMeans(float[] values, float[] sums) {
        float[] means = mean;
        for (int j = 0; j < means.length; j++) {
            sums[j] = values[j] + means[j];
        }
    }

    /**
     * Computes squared standardised values. The scale does not change.
     *
     * @param values values of the features, in the model's unit, finite
     * @param floor added to each variance, above 0; bounds the result for features that never vary
     * @param squares receives the squared standardised value of each feature
     * @return the sum of the squares, finite
     */
    public double standardise(float[] values, float floor, float[] squares) {
        float[] means = mean;
        float[] variances = variance;
        for (int j = 0; j < means.length; j++) {
            float deviation = values[j] - means[j];
            squares[j] = deviation * deviation / (variances[j] + floor);
        }
        double sum = sum(squares, means.length);
        if (sum == Double.POSITIVE_INFINITY) {
            limit(squares, means.length, Float.MAX_VALUE);
            sum = sum(squares, means.length);
        }
        return sum;
    }

    /**
     * Adapts to values.
     *
     * @param values values of the features, in the model's unit, finite
     * @param rate weight of the row, in (0, 1)
     * @param squareSum sum that {@link #standardise} returned for the values
     */
    public void learn(float[] values, float rate, double squareSum) {
        if (squareSum < Float.MAX_VALUE) {
            learn(values, rate);
        } else {
            learnExtreme(values, rate);
        }
        if (!(squareSum < HARMLESS_SQUARE_SUM)) {
            limit(variance, mean.length, LARGEST_VARIANCE);
        }
    }

    /** Replaces missing values by the means, so that they do not deviate and do not change the means. */
    public void fillIn(boolean[] missing, int missingOffset, float[] values) {
        for (int j = 0; j < mean.length; j++) {
            if (missing[missingOffset + j]) {
                values[j] = mean[j];
            }
        }
    }

    /** Undoes the effect on the variances of a learned row whose missing values were replaced by {@link #fillIn}. */
    public void forget(boolean[] missing, int missingOffset, float rate) {
        for (int j = 0; j < mean.length; j++) {
            if (missing[missingOffset + j]) {
                variance[j] /= 1 - rate;
            }
        }
    }

    /** Sets the means to values; the variances do not change. */
    public void moveTo(float[] values) {
        System.arraycopy(values, 0, mean, 0, mean.length);
    }

    /** Sets the means to values where another scale has the variance 0. */
    void moveTo(float[] values, RunningScale constants) {
        for (int j = 0; j < mean.length; j++) {
            if (constants.variance[j] == 0) {
                mean[j] = values[j];
            }
        }
    }

    /**
     * Adapts to values that are at most {@link dev.noether.model.feature.Scaling#LARGEST} in size; their squares are
     * within the range of floats.
     *
     * @param values values of the features, in the model's unit
     * @param rate weight of the row, in (0, 1)
     */
    public void learn(float[] values, float rate) {
        float[] means = mean;
        float[] variances = variance;
        float remainder = 1 - rate;
        for (int j = 0; j < means.length; j++) {
            float deviation = values[j] - means[j];
            means[j] += rate * deviation;
            variances[j] = remainder * (variances[j] + rate * deviation * deviation);
        }
    }

    /** Adapts to values whose squares exceed the range of floats. */
    private void learnExtreme(float[] values, float rate) {
        for (int j = 0; j < mean.length; j++) {
            double deviation = (double) values[j] - mean[j];
            mean[j] = (float) (mean[j] + rate * deviation);
            variance[j] = (float) ((1 - rate) * (variance[j] + rate * deviation * deviation));
        }
    }

    /** A loop of its own, because the JIT compiler only vectorises arithmetic in loops without comparisons. */
    private static void limit(float[] values, int count, float largest) {
        for (int j = 0; j < count; j++) {
            if (values[j] > largest) {
                values[j] = largest;
            }
        }
    }

    /** Four partial sums: with a single one, each addition would wait for the previous one. */
    private static double sum(float[] values, int count) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int j = 0;
        for (; j + 3 < count; j += 4) {
            first += values[j];
            second += values[j + 1];
            third += values[j + 2];
            fourth += values[j + 3];
        }
        for (; j < count; j++) {
            first += values[j];
        }
        return first + second + (third + fourth);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RunningScale that
                && Arrays.equals(mean, that.mean)
                && Arrays.equals(variance, that.variance);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(mean) + Arrays.hashCode(variance);
    }
}
