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
    private static final double VARIANCE_FLOOR = 1e-4;

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
    public double standardise(float[] residuals, int offset, double[] squares) {
        double sum = 0;
        for (int j = 0; j < mean.length; j++) {
            double deviation = (double) residuals[offset + j] - mean[j];
            double standardised = deviation * deviation / (variance[j] + VARIANCE_FLOOR);
            squares[j] = standardised;
            sum += standardised;
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
    public double standardiseAndLearn(float[] residuals, int offset, float rate, double[] squares) {
        double sum = 0;
        for (int j = 0; j < mean.length; j++) {
            double deviation = (double) residuals[offset + j] - mean[j];
            double square = deviation * deviation;
            double standardised = square / (variance[j] + VARIANCE_FLOOR);
            squares[j] = standardised;
            sum += standardised;
            mean[j] = (float) (mean[j] + rate * deviation);
            // Held inside the range of floats: an absurd reading must not turn the scale into infinity for good.
            variance[j] = (float) Math.min((1 - rate) * (variance[j] + rate * square), Float.MAX_VALUE / 4);
        }
        return sum;
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
