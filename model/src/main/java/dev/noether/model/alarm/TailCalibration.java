package dev.noether.model.alarm;

import java.util.Arrays;
import java.util.List;

/**
 * How high scores are under normal behaviour: the body of the held-out scores as it is, above the score that one in ten
 * exceeds a generalized Pareto tail ({@link ParetoTail}). It travels with the model; an {@link AlarmThreshold} moves it along
 * with each entity.
 *
 * <p>The scale of the tail is taken from one rare quantile, not from all exceedances: where scores near the body say little
 * about the top (a bounded body under a few spikes), the fit to all of them promised 50 times too much. The fewer independent
 * scores stand behind that quantile, the heavier the tail is taken, because the next score asks for the uncertainty of the
 * scale, too. Meant for scores in logarithms, on which 1 is a factor of e.
 *
 * <p>Immutable as long as the array is left alone; thread safe.
 *
 * @param size how many held-out scores there were
 * @param effectiveSize how many of them are independent: neighbours in one burst count as one, in (0, {@code size}]
 * @param distinct how many different scores lie beyond {@code location}
 * @param location the score that one in ten exceeds
 * @param scale of what exceeds it, above 0
 * @param shape of what exceeds it, in [−0.5, 0.5]
 * @param body scores below, as (score − location) / scale, ascending: those which a share of 1, …, 0.1 reaches, evenly spaced
 */
public record TailCalibration(
        int size, double effectiveSize, int distinct, double location, double scale, double shape, float[] body) {
    /** The share of normal scores that is the tail. */
    public static final double TAIL_SHARE = 0.1;

    /** The share beyond which a score is rare; the scale is measured there. */
    static final double RARE_SHARE = 0.0025;

    private static final int BODY_POINTS = 33;
    private static final double INDEPENDENT_SCORES = 20;
    private static final int FEWEST_SCORES = 50;
    private static final int FEWEST_DISTINCT = 5;

    /** Checks what a file may hold. */
    public TailCalibration {
        if (size < 1 || !(effectiveSize > 0 && effectiveSize <= size) || distinct < 0 || distinct > size) {
            throw new IllegalArgumentException(
                    "`size` must be at least 1, `effectiveSize` in (0, `size`] and `distinct`" + " in [0, `size`] (got "
                            + size + ", " + effectiveSize + " and " + distinct + ")");
        }
        if (!Double.isFinite(location) || !(scale > 0) || !Double.isFinite(scale)) {
            throw new IllegalArgumentException("`location` must be finite and `scale` finite and above 0 (got "
                    + location + " and " + scale + ")");
        }
        new ParetoTail(shape);
        if (body.length < 2) {
            throw new IllegalArgumentException("`body` must hold at least 2 scores (got " + body.length + ")");
        }
        for (int i = 0; i < body.length; i++) {
            if (!Float.isFinite(body[i]) || body[i] > 0 || (i > 0 && body[i] < body[i - 1])) {
                throw new IllegalArgumentException(
                        "`body` must be finite, ascend and be at most 0 (got " + body[i] + ")");
            }
        }
    }

    /**
     * Calibrates on held-out normal scores.
     *
     * @param heldOut for each entity its finite scores in the order of time, of windows that took no part in training; at
     *     least one score in all
     * @throws IllegalArgumentException if there is none or one is not finite
     */
    public static TailCalibration of(List<float[]> heldOut) {
        SortedScores scores = SortedScores.of(heldOut);
        double location = scores.reachedBy(TAIL_SHARE);
        double independent = ExtremalIndex.of(heldOut, scores);
        ParetoFit fit = ParetoFit.of(scores.exceedances(location), TailScale.USUAL_SHAPE, TailScale.SHAPE_WEIGHT);
        double shape = TailScale.predictiveShape(scores, fit.shape(), independent);
        int distinct = scores.distinctAbove(location);
        double scale = TailScale.of(scores, new ParetoTail(shape), distinct >= FEWEST_DISTINCT);
        if (scores.size() * TAIL_SHARE < 1) {
            // Too few to reach the tail: the highest has the conformal p-value 1 / (size + 1), the tail begins beyond
            // it.
            location = scores.highest() + scale * Math.log(1 / (TAIL_SHARE * (scores.size() + 1)));
        }
        float[] body = new float[BODY_POINTS];
        for (int i = 0; i < BODY_POINTS; i++) {
            double share = 1 - (1 - TAIL_SHARE) * i / (BODY_POINTS - 1);
            body[i] = (float) Math.max(-1e30, Math.min(0, (scores.reachedBy(share) - location) / scale));
        }
        return new TailCalibration(scores.size(), scores.size() * independent, distinct, location, scale, shape, body);
    }

    /**
     * Whether a rate can be kept.
     *
     * @param rate alarms per window, above 0
     * @throws IllegalArgumentException if it is not
     */
    public BudgetDecision decide(double rate) {
        if (!(rate > 0)) {
            throw new IllegalArgumentException("`rate` must be above 0 (got " + rate + ")");
        }
        if (rate > TAIL_SHARE) {
            return new BudgetDecision.Refused(
                    rate, "it is more than one window in ten; allow fewer alarms or measure less often");
        }
        if (size < FEWEST_SCORES) {
            return new BudgetDecision.Refused(
                    rate, "there are " + size + " held-out scores and it takes at least " + FEWEST_SCORES);
        }
        if (distinct < FEWEST_DISTINCT) {
            return new BudgetDecision.Refused(
                    rate, "the highest tenth of the held-out scores has " + distinct + " different ones");
        }
        double needed = INDEPENDENT_SCORES / rate;
        return effectiveSize >= needed
                ? new BudgetDecision.Carried(rate)
                : new BudgetDecision.Extrapolated(rate, effectiveSize, needed);
    }

    /** The share of normal scores at least this high, in [0, 1]; strictly decreasing above {@code location}. */
    public double pValue(double score) {
        return Math.exp(-surprise((score - location) / scale));
    }

    /**
     * The score that a share of the normal ones exceeds: the inverse of {@link #pValue} in the tail.
     *
     * @param rate in (0, {@value #TAIL_SHARE}]
     * @throws IllegalArgumentException if it is not
     */
    public double threshold(double rate) {
        if (!(rate > 0 && rate <= TAIL_SHARE)) {
            throw new IllegalArgumentException("`rate` must be in (0, " + TAIL_SHARE + "] (got " + rate + ")");
        }
        return location + scale * tail().quantile(Math.log(TAIL_SHARE / rate));
    }

    /**
     * Minus the logarithm of the p-value. It has no ties at the top, where p-values themselves run into 0.
     *
     * @param standing (score − location) / scale, not NaN
     */
    double surprise(double standing) {
        return standing > 0 ? tail().surprise(standing) - Math.log(TAIL_SHARE) : -Math.log(bodyShare(standing));
    }

    ParetoTail tail() {
        return new ParetoTail(shape);
    }

    private double bodyShare(double standing) {
        int above = 0;
        while (above < body.length && body[above] < standing) {
            above++;
        }
        if (above == 0) {
            return 1;
        }
        double step = (1 - TAIL_SHARE) / (body.length - 1);
        if (above == body.length) {
            return TAIL_SHARE;
        }
        double part = (standing - body[above - 1]) / (body[above] - (double) body[above - 1]);
        return 1 - step * (above - 1 + part);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TailCalibration that
                && size == that.size
                && effectiveSize == that.effectiveSize
                && distinct == that.distinct
                && location == that.location
                && scale == that.scale
                && shape == that.shape
                && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return 31 * Double.hashCode(location) + Arrays.hashCode(body);
    }
}
