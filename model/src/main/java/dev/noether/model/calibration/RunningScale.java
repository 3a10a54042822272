package dev.noether.model.calibration;

import java.util.Arrays;

/**
 * What is usual for a row of values, one for each feature: a slow running mean and variance.
 *
 * <p>It starts from what training saw, and follows at the rate that it is told with each row; nothing is clipped and
 * nothing is frozen, because both were measured to hurt.
 *
 * <p>Not thread safe; judging and learning allocate nothing. All arrays are read from their beginning: the JIT compiler makes
 * vector instructions of a loop over {@code a[j]} and {@code b[j]}, but not where one of them is {@code a[offset + j]}, and
 * that made these loops three to four times slower.
 */
public final class RunningScale {
    /** Held inside the range of floats: an absurd reading must not turn the scale into infinity for good. */
    private static final float LARGEST_VARIANCE = Float.MAX_VALUE / 4;
    /** Squares that sum to less move a variance by little: no need to look whether it ran away. */
    private static final double SURELY_HARMLESS = 1000;

    /** Memory of an object's head and its two references, and of the heads of two arrays, in bytes. */
    private static final int OBJECT_BYTES = 24 + 2 * 16;

    private final float[] mean;
    private final float[] variance;

    /**
     * Makes a scale.
     *
     * @param mean one for each feature, in the model's unit; copied
     * @param variance one for each feature, at least 0; copied
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

    /** About what so many features take in memory, in bytes. */
    public static long memoryBytes(int features) {
        return OBJECT_BYTES + 2L * features * Float.BYTES;
    }

    /** Writes the running means and variances. */
    public void copyTo(float[] means, float[] variances) {
        System.arraycopy(mean, 0, means, 0, mean.length);
        System.arraycopy(variance, 0, variances, 0, variance.length);
    }

    /** Takes over what another scale of as many features knows now. */
    public void set(RunningScale other) {
        System.arraycopy(other.mean, 0, mean, 0, mean.length);
        System.arraycopy(other.variance, 0, variance, 0, variance.length);
    }

    /** Gives values and the running means added to them. */
    public void addMeans(float[] values, float[] sums) {
        float[] means = mean;
        for (int j = 0; j < means.length; j++) {
            sums[j] = values[j] + means[j];
        }
    }

    /**
     * Judges values by what was usual, and learns nothing.
     *
     * @param values one for each feature, in the model's unit, finite
     * @param floor added to each variance, above 0: keeps what never moved finite, and small change small
     * @param squares receives the squared standardised value of each feature
     * @return the sum of the squares
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
     * Learns from values.
     *
     * @param values one for each feature, in the model's unit, finite
     * @param rate how much one row teaches, in (0, 1)
     * @param judged what {@link #standardise} said of the values
     */
    public void learn(float[] values, float rate, double judged) {
        if (judged < Float.MAX_VALUE) {
            learn(values, rate);
        } else {
            learnAbsurd(values, rate);
        }
        if (!(judged < SURELY_HARMLESS)) {
            limit(variance, mean.length, LARGEST_VARIANCE);
        }
    }

    /** Puts the means in the place of values that are missing: such a value is no deviation, and moves no mean. */
    public void fillIn(boolean[] missing, int missingOffset, float[] values) {
        for (int j = 0; j < mean.length; j++) {
            if (missing[missingOffset + j]) {
                values[j] = mean[j];
            }
        }
    }

    /** Takes back what a row that lacked features taught their variances: that there was no deviation. */
    public void forget(boolean[] missing, int missingOffset, float rate) {
        for (int j = 0; j < mean.length; j++) {
            if (missing[missingOffset + j]) {
                variance[j] /= 1 - rate;
            }
        }
    }

    /** Takes values for the means, and leaves the variances as they are. */
    public void moveTo(float[] values) {
        System.arraycopy(values, 0, mean, 0, mean.length);
    }

    /**
     * Learns from values that are known to be no larger than {@link dev.noether.model.feature.Scaling#LARGEST}: their squares
     * cannot run away, so nobody need have judged them before.
     */
    public void learn(float[] values, float rate) {
        float[] means = mean;
        float[] variances = variance;
        float kept = 1 - rate;
        for (int j = 0; j < means.length; j++) {
            float deviation = values[j] - means[j];
            means[j] += rate * deviation;
            variances[j] = kept * (variances[j] + rate * deviation * deviation);
        }
    }

    /** The same for values whose squares are beyond the range of floats. */
    private void learnAbsurd(float[] values, float rate) {
        for (int j = 0; j < mean.length; j++) {
            double deviation = (double) values[j] - mean[j];
            mean[j] = (float) (mean[j] + rate * deviation);
            variance[j] = (float) ((1 - rate) * (variance[j] + rate * deviation * deviation));
        }
    }

    /** Apart from the arithmetic, because the JIT compiler makes vector instructions of loops without comparisons only. */
    private static void limit(float[] values, int count, float largest) {
        for (int j = 0; j < count; j++) {
            if (values[j] > largest) {
                values[j] = largest;
            }
        }
    }

    /** Four sums side by side: one alone would wait for each addition before it starts the next. */
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
