package dev.noether.model.alarm;

import java.util.List;

/**
 * Estimates the scale of a tail from one rare quantile, with a default if there are too few scores. Heights beyond the
 * quantile that recur make it larger ({@link RecurringBursts}).
 */
final class TailScale {
    /** Usual shape of the tail of log-scores of normal windows: slightly lighter than exponential. */
    static final double USUAL_SHAPE = -0.05;

    /** Weight of the usual shape, in exceedances. With less weight, unlabelled incidents distorted the tail. */
    static final double SHAPE_WEIGHT = 3000;

    /** Default scale. Log-scores of server metrics have 0.4 to 0.7. */
    private static final double USUAL_SCALE = 0.5;

    /** Smallest scale; smaller estimates come from equal scores. */
    private static final double LEAST_SCALE = 0.05;

    private static final double FEWEST_RARE = 2;
    private static final double MOST_RARE_SHARE = 0.05;

    /** Largest shape; heavier estimates mean that the scale is unknown. */
    private static final double MOST_SHAPE = 0.4;

    private TailScale() {}

    /**
     * Estimates the scale.
     *
     * @param heldOut the scores of each entity in the order of time
     * @param scores the same scores, sorted
     * @param tail shape of the tail
     * @param distinct whether the tail has enough distinct scores
     */
    static double of(List<float[]> heldOut, SortedScores scores, ParetoTail tail, boolean distinct) {
        double share = share(scores);
        if (!distinct || isUnknown(scores, share)) {
            return USUAL_SCALE;
        }
        double location = scores.reachedBy(TailCalibration.TAIL_SHARE);
        double rare = scores.reachedBy(share);
        double ofQuantile = (rare - location) / tail.quantile(Math.log(TailCalibration.TAIL_SHARE / share));
        double recurring = RecurringBursts.of(heldOut, rare).leastScale(scores, location, tail);
        return Math.max(LEAST_SCALE, Math.max(ofQuantile, recurring));
    }

    /**
     * The shape of the predictive distribution of the next score, which includes the uncertainty of the scale.
     *
     * <p>Let m be the number of independent scores above a quantile, and L = ln(tail share ÷ share of the quantile).
     * The quantile determines the scale as precisely as k = m L² exceedances would. An exponential tail averaged over
     * the remaining uncertainty of its scale (a gamma distribution) is a Pareto tail of shape 1 / k, so 1 / k is added
     * to the shape. For 5,000 independent scores that is 0.006, for 240 in bursts 0.16.
     *
     * @param shape fitted shape
     * @param independent share of independent scores
     */
    static double predictiveShape(SortedScores scores, double shape, double independent) {
        double share = share(scores);
        if (isUnknown(scores, share)) {
            return shape;
        }
        double reach = Math.log(TailCalibration.TAIL_SHARE / share);
        // At least one score, and so one burst, lies above the quantile.
        double bursts = Math.max(1, independent * (scores.size() + 1) * share);
        return Math.max(shape, Math.min(MOST_SHAPE, shape + 1 / (bursts * reach * reach)));
    }

    private static double share(SortedScores scores) {
        return Math.max(TailCalibration.RARE_SHARE, Math.min(FEWEST_RARE / (scores.size() + 1.0), MOST_RARE_SHARE));
    }

    private static boolean isUnknown(SortedScores scores, double share) {
        return share * (scores.size() + 1.0) < 1;
    }
}
