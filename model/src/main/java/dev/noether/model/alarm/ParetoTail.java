package dev.noether.model.alarm;

/**
 * The generalized Pareto distribution of what exceeds a high threshold, on the scale of its own: the limit of every tail
 * (Balkema, de Haan 1974; Pickands 1975), used for alarms by Siffer et al., "Anomaly Detection in Streams with Extreme Value
 * Theory" (KDD 2017). With shape 0 it is the exponential distribution.
 *
 * <p>A negative shape has an end, beyond which all scores would tie. So past {@value #FAITHFUL} of surprise (a share of
 * 6 in a million) the tail goes on exponentially, with the slope it has there. Immutable.
 *
 * @param shape in [−0.5, 0.5]; below 0 lighter than exponential
 */
public record ParetoTail(double shape) {
    private static final double FAITHFUL = 12;
    private static final double STRAIGHT = 1e-9;

    /**
     * Checks the shape.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public ParetoTail {
        if (!(Math.abs(shape) <= 0.5)) {
            throw new IllegalArgumentException("`shape` must be in [-0.5, 0.5] (got " + shape + ")");
        }
    }

    /**
     * Minus the logarithm of the share of exceedances that are larger: strictly increasing, never saturated.
     *
     * @param excess how far beyond the threshold, in scales, at least 0
     */
    public double surprise(double excess) {
        if (Math.abs(shape) < STRAIGHT) {
            return excess;
        }
        double end = quantile(FAITHFUL);
        return excess <= end ? Math.log1p(shape * excess) / shape : FAITHFUL + (excess - end) / (1 + shape * end);
    }

    /**
     * The excess of a surprise: the inverse of {@link #surprise}.
     *
     * @param surprise at least 0
     * @return in scales
     */
    public double quantile(double surprise) {
        if (Math.abs(shape) < STRAIGHT) {
            return surprise;
        }
        double end = Math.expm1(shape * Math.min(surprise, FAITHFUL)) / shape;
        return surprise <= FAITHFUL ? end : end + (surprise - FAITHFUL) * (1 + shape * end);
    }
}
