package dev.noether.model.alarm;

/**
 * The generalized Pareto distribution of standardised excesses above a high threshold: the limit distribution of tails
 * (Balkema, de Haan 1974; Pickands 1975), used for alarms by Siffer et al., "Anomaly Detection in Streams with Extreme
 * Value Theory" (KDD 2017). With shape 0 it is the exponential distribution.
 *
 * <p>With a negative shape the distribution has a largest value, and all scores above it would be equally likely.
 * Therefore the tail continues exponentially from a surprise of {@value #FAITHFUL} on (a share of 6 in a million), with
 * the slope it has there. Immutable.
 *
 * @param shape shape, in [−0.5, 0.5]; below 0 lighter than exponential
 */
public record ParetoTail(double shape) {
    private static final double FAITHFUL = 12;
    private static final double STRAIGHT = 1e-9;

    /**
     * Checks the shape.
     *
     * @throws IllegalArgumentException if the shape is out of range
     */
    public ParetoTail {
        if (!(Math.abs(shape) <= 0.5)) {
            throw new IllegalArgumentException("`shape` must be in [-0.5, 0.5] (got " + shape + ")");
        }
    }

    /**
     * Minus the logarithm of the share of larger exceedances; strictly increasing.
     *
     * @param excess excess above the threshold, in units of the scale, at least 0
     */
    public double surprise(double excess) {
        if (Math.abs(shape) < STRAIGHT) {
            return excess;
        }
        double end = quantile(FAITHFUL);
        return excess <= end ? Math.log1p(shape * excess) / shape : FAITHFUL + (excess - end) / (1 + shape * end);
    }

    /**
     * The excess at a surprise: the inverse of {@link #surprise}.
     *
     * @param surprise minus the logarithm of a share, at least 0
     * @return excess, in units of the scale
     */
    public double quantile(double surprise) {
        if (Math.abs(shape) < STRAIGHT) {
            return surprise;
        }
        double end = Math.expm1(shape * Math.min(surprise, FAITHFUL)) / shape;
        return surprise <= FAITHFUL ? end : end + (surprise - FAITHFUL) * (1 + shape * end);
    }
}
