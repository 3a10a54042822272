package dev.noether.model.alarm;

/** The scale of a tail, from one rare quantile, how well that is known, and what is taken where scores cannot tell. */
final class TailScale {
    /** Log-scores of normal windows have a tail a little lighter than exponential. */
    static final double USUAL_SHAPE = -0.05;

    /** In exceedances. Less weight let unlabelled incidents of the held-out part bend the tail. */
    static final double SHAPE_WEIGHT = 3000;

    /** What log-scores of server metrics have, 0.4 to 0.7. */
    private static final double USUAL_SCALE = 0.5;

    /** A tail much steeper than any that was seen is one of ties. */
    private static final double LEAST_SCALE = 0.05;

    private static final double FEWEST_RARE = 2;
    private static final double MOST_RARE_SHARE = 0.05;

    /** A tail that is heavier than this is one that nobody knows. */
    private static final double MOST_SHAPE = 0.4;

    private TailScale() {}

    /**
     * The scale.
     *
     * @param distinct whether there are enough different scores in the tail
     */
    static double of(SortedScores scores, ParetoTail tail, boolean distinct) {
        double share = share(scores);
        if (!distinct || isUnknown(scores, share)) {
            return USUAL_SCALE;
        }
        double reach = scores.reachedBy(share) - scores.reachedBy(TailCalibration.TAIL_SHARE);
        return Math.max(LEAST_SCALE, reach / tail.quantile(Math.log(TailCalibration.TAIL_SHARE / share)));
    }

    /**
     * The shape that answers for not knowing the scale: that of the next score, not of one with the scale as estimated.
     *
     * <p>A quantile with m independent scores beyond it, ln(tail share ÷ its own share) = L into the tail, tells the scale as
     * well as k = m L² exceedances would. An exponential tail averaged over what k of them leave open of its scale (a gamma
     * distribution) is a Pareto one of shape 1 / k: so much is added. Of 5,000 independent scores that is 0.006, of 240 in
     * bursts 0.16.
     *
     * @param shape as fitted
     * @param independent share of the scores that are independent of those before them
     */
    static double predictiveShape(SortedScores scores, double shape, double independent) {
        double share = share(scores);
        if (isUnknown(scores, share)) {
            return shape;
        }
        double reach = Math.log(TailCalibration.TAIL_SHARE / share);
        // Beyond the quantile there is at least one score, and so one burst.
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
