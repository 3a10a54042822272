package dev.noether.model.alarm;

/** The scale of a tail, from one rare quantile, and what is taken where scores cannot tell. */
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

    private TailScale() {}

    static double of(SortedScores scores, ParetoTail tail, boolean distinct) {
        double count = scores.size() + 1.0;
        double share = Math.max(TailCalibration.RARE_SHARE, Math.min(FEWEST_RARE / count, MOST_RARE_SHARE));
        if (!distinct || share * count < 1) {
            return USUAL_SCALE;
        }
        double reach = scores.reachedBy(share) - scores.reachedBy(TailCalibration.TAIL_SHARE);
        return Math.max(LEAST_SCALE, reach / tail.quantile(Math.log(TailCalibration.TAIL_SHARE / share)));
    }
}
