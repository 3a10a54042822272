package dev.noether.model.count;

/**
 * The distribution of one rare count in normal operation: a hurdle model. In most rows the feature has its usual value.
 * With a small rate it lies some whole steps above it. The steps beyond the first follow a discrete generalized Pareto
 * distribution (Shimura 2012, "Discretization of distributions in the maximum domain of attraction").
 *
 * <p>A deviation in units of the variance does not suit such a feature: one error in 500 rows has a standardised square
 * of 500, and 20 errors at once one of 200,000. A threshold above the former at a budget of one in 40,000 lies beyond the
 * latter. The surprise of the first is 6, that of the second more than 30.
 *
 * <p>All numbers are in scaled units or in steps, so the law does not depend on the unit of the feature. Immutable.
 *
 * @param feature index of the feature
 * @param usual value that the feature almost always has, scaled
 * @param step the smallest difference between two values, scaled, above 0
 * @param rate share of rows with another value, over all entities, in (0, 1)
 * @param meanSteps mean distance of those rows from the usual value, in steps, at least 1
 * @param spread scale of the steps beyond the first, above 0
 * @param shape shape of their distribution, at least 0
 */
public record CountLaw(int feature, float usual, float step, float rate, float meanSteps, float spread, float shape) {
    /** The rate of an entity is at least this part of the rate over all entities. */
    private static final double LEAST_PART = 0.25;

    /** Values within this part of a step are the usual one. */
    private static final double SAME = 0.5;

    private static final double STRAIGHT = 1e-6;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public CountLaw {
        if (feature < 0 || !Float.isFinite(usual) || !(step > 0) || !Float.isFinite(step)) {
            throw new IllegalArgumentException("`feature` must be at least 0, `usual` finite, `step` finite and above 0"
                    + " (got " + feature + ", " + usual + " and " + step + ")");
        }
        if (!(rate > 0 && rate < 1) || !(meanSteps >= 1) || !Float.isFinite(meanSteps)) {
            throw new IllegalArgumentException("`rate` must be in (0, 1) and `meanSteps` finite and at least 1 (got "
                    + rate + " and " + meanSteps + ")");
        }
        if (!(spread > 0) || !Float.isFinite(spread) || !(shape >= 0) || !Float.isFinite(shape)) {
            throw new IllegalArgumentException(
                    "`spread` must be finite and above 0, `shape` finite and at least 0 (got " + spread + " and "
                            + shape + ")");
        }
    }

    /** Whether a value, scaled, is the usual one. */
    public boolean isUsual(float value) {
        return !(steps(value) >= SAME);
    }

    /**
     * Minus the logarithm of the share of rows that do not have the usual value.
     *
     * @param mean running mean of the entity's values, scaled; it determines how often the entity has other values
     */
    public double surpriseOfAny(float mean) {
        double own = ((double) mean - usual) / step / meanSteps;
        return -Math.log(Math.max(LEAST_PART * rate, Math.min(1, own)));
    }

    /** Minus the logarithm of the share of rows with at least this value, scaled, among those without the usual one. */
    public double surpriseOfSize(float value) {
        double more = Math.max(0, steps(value) - 1) / spread;
        return shape < STRAIGHT ? more : Math.log1p(shape * more) / shape;
    }

    private double steps(float value) {
        return Math.abs((double) value - usual) / step;
    }
}
