package dev.noether.model.calibration;

import java.util.Arrays;

/**
 * How one entity usually misses its reconstruction: a slow running mean and variance of each feature's residual.
 *
 * <p>The scale starts from the training residuals and follows the entity at a fixed rate; nothing is clipped and nothing
 * is frozen, because both were measured to hurt. A baseline belongs to one model version: the residuals of another model
 * are other numbers.
 *
 * <p>Not thread safe; {@link #standardiseAndLearn} allocates nothing.
 */
public final class EntityBaseline {
    /** Keeps the standardised residual finite where a residual never moved. */
    private static final float VARIANCE_FLOOR = 1e-4f;

    /** Held inside the range of floats: an absurd reading must not turn the scale into infinity for good. */
    private static final float LARGEST_VARIANCE = Float.MAX_VALUE / 4;
    /** Squares that sum to less move a variance by little: no need to look whether it ran away. */
    private static final double SURELY_HARMLESS = 1000;

    private final float[] mean;
    private final float[] variance;

    /**
     * Makes a baseline from training residuals.
     *
     * @param mean one for each feature, in the model's unit; copied
     * @param variance one for each feature, at least 0; copied
     */
    public EntityBaseline(float[] mean, float[] variance) {
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
    public EntityBaseline copy() {
        return new EntityBaseline(mean, variance);
    }

    /** The number of features. */
    public int features() {
        return mean.length;
    }

    /** The running mean residual of a feature, in the model's unit. */
    public float mean(int feature) {
        return mean[feature];
    }

    /** The running variance of a feature's residual. */
    public float variance(int feature) {
        return variance[feature];
    }

    /**
     * Judges residuals by what was usual, and learns nothing.
     *
     * @param residuals from {@code offset} on, one for each feature, in the model's unit, finite
     * @param offset where they start
     * @param squares receives the squared standardised residual of each feature
     * @return the sum of the squares
     */
    public double standardise(float[] residuals, int offset, float[] squares) {
        for (int j = 0; j < mean.length; j++) {
            float deviation = residuals[offset + j] - mean[j];
            squares[j] = deviation * deviation / (variance[j] + VARIANCE_FLOOR);
        }
        double sum = sum(squares, mean.length);
        if (sum == Double.POSITIVE_INFINITY) {
            limit(squares, mean.length, Float.MAX_VALUE);
            sum = sum(squares, mean.length);
        }
        return sum;
    }

    /**
     * Judges residuals by what was usual before them, then learns from them.
     *
     * @param residuals from {@code offset} on, one for each feature, in the model's unit, finite
     * @param offset where they start
     * @param rate how much one row teaches, in (0, 1)
     * @param squares receives the squared standardised residual of each feature
     * @return the sum of the squares
     */
    public double standardiseAndLearn(float[] residuals, int offset, float rate, float[] squares) {
        double sum = standardise(residuals, offset, squares);
        if (sum < Float.MAX_VALUE) {
            learn(residuals, offset, rate);
        } else {
            learnAbsurd(residuals, offset, rate);
        }
        if (!(sum < SURELY_HARMLESS)) {
            limit(variance, mean.length, LARGEST_VARIANCE);
        }
        return sum;
    }

    private void learn(float[] residuals, int offset, float rate) {
        for (int j = 0; j < mean.length; j++) {
            float deviation = residuals[offset + j] - mean[j];
            mean[j] += rate * deviation;
            variance[j] = (1 - rate) * (variance[j] + rate * deviation * deviation);
        }
    }

    /** The same for residuals whose squares are beyond the range of floats. */
    private void learnAbsurd(float[] residuals, int offset, float rate) {
        for (int j = 0; j < mean.length; j++) {
            double deviation = (double) residuals[offset + j] - mean[j];
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
        return other instanceof EntityBaseline that
                && Arrays.equals(mean, that.mean)
                && Arrays.equals(variance, that.variance);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(mean) + Arrays.hashCode(variance);
    }
}
