package dev.noether.model.alarm;

import java.util.Arrays;
import java.util.List;

/**
 * The distribution of alarm scores in normal operation. Below the score that one in ten exceeds, it is the empirical
 * distribution of the held-out scores (the body); above it, a generalized Pareto tail ({@link ParetoTail}). It is part
 * of the model; an {@link AlarmThreshold} adapts it to each entity.
 *
 * <p>The scale of the tail is estimated from one rare quantile, not from all exceedances. If scores near the body do
 * not resemble the highest scores, a fit to all exceedances underestimated the alarm rate 50 times. With fewer
 * independent scores above that quantile, the tail is made heavier to include the uncertainty of the scale. Scores are
 * logarithms: a difference of 1 is a factor of e.
 *
 * <p>Immutable if the array is not modified; thread safe.
 *
 * @param size number of held-out scores
 * @param effectiveSize number of independent held-out scores, where a burst counts as one; in (0, {@code size}]
 * @param distinct number of distinct scores above {@code location}
 * @param location score that one in ten exceeds
 * @param scale scale of the tail, above 0
 * @param shape shape of the tail, in [−0.5, 0.5]
 * @param body quantiles below the location as (score − location) / scale, ascending, at evenly spaced shares from 1 to
 *     0.1
 * @param rule the rule by which an {@link AlarmThreshold} judges: {@value #FIRST_RULE} in models of formats before 5,
 *     {@value #NEWEST_RULE} in all others; a model judges by the same rule in every version of the program
 */
public record TailCalibration(
        int size,
        double effectiveSize,
        int distinct,
        double location,
        double scale,
        double shape,
        float[] body,
        int rule) {
    /**
     * The discount for unlabelled incidents also applies beyond the score that the history exceeds once, and a threshold
     * learns each alarm at once.
     */
    public static final int FIRST_RULE = 1;

    /** The rule of new models. */
    public static final int NEWEST_RULE = 2;

    /** The share of normal scores that is the tail. */
    public static final double TAIL_SHARE = 0.1;

    /** Share of the rare scores; the scale is estimated at this quantile. */
    static final double RARE_SHARE = 0.0025;

    private static final double INDEPENDENT_SCORES = 20;
    private static final int FEWEST_SCORES = 50;
    static final int FEWEST_DISTINCT = 5;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
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
        if (rule < FIRST_RULE || rule > NEWEST_RULE) {
            throw new IllegalArgumentException(
                    "`rule` must be in [" + FIRST_RULE + ", " + NEWEST_RULE + "] (got " + rule + ")");
        }
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

    /** Makes a calibration for the newest rule. */
    public TailCalibration(
            int size, double effectiveSize, int distinct, double location, double scale, double shape, float[] body) {
        this(size, effectiveSize, distinct, location, scale, shape, body, NEWEST_RULE);
    }

    /** The same measurements, judged by another rule. */
    public TailCalibration withRule(int otherRule) {
        return new TailCalibration(size, effectiveSize, distinct, location, scale, shape, body, otherRule);
    }

    /**
     * Calibrates on held-out normal scores.
     *
     * @param heldOut finite scores of each entity in the order of time, of windows that were not used for training; at
     *     least one score in all
     * @throws IllegalArgumentException if there is no score or a score is not finite
     */
    public static TailCalibration of(List<float[]> heldOut) {
        return TailFit.fit(heldOut);
    }

    /**
     * Decides whether a rate can be kept.
     *
     * @param rate alarms per window, above 0
     * @throws IllegalArgumentException if the rate is not above 0
     */
    public BudgetDecision decide(double rate) {
        if (!(rate > 0)) {
            throw new IllegalArgumentException("`rate` must be above 0 (got " + rate + ")");
        }
        if (rate > TAIL_SHARE) {
            return new BudgetDecision.Refused(
                    rate, "it is more than one window in ten; allow fewer alarms or send observations less often");
        }
        if (size < FEWEST_SCORES) {
            return new BudgetDecision.Refused(
                    rate, "there are " + size + " held-out scores and at least " + FEWEST_SCORES + " are needed");
        }
        if (distinct < FEWEST_DISTINCT) {
            return new BudgetDecision.Refused(
                    rate, "the highest tenth of the held-out scores has " + distinct + " different ones");
        }
        double needed = scoresFor(rate);
        return effectiveSize >= needed
                ? new BudgetDecision.Carried(rate)
                : new BudgetDecision.Extrapolated(rate, effectiveSize, needed);
    }

    /**
     * The number of independent held-out scores that support a rate without extrapolation.
     *
     * @param rate alarms per window, above 0
     */
    public static double scoresFor(double rate) {
        return INDEPENDENT_SCORES / rate;
    }

    /** The score that one normal score in 400 exceeds. */
    public double rareScore() {
        return threshold(RARE_SHARE);
    }

    /** The share of normal scores that are at least as high, in [0, 1]; strictly decreasing above {@code location}. */
    public double pValue(double score) {
        return Math.exp(-surprise((score - location) / scale));
    }

    /**
     * The score that a share of the normal scores exceed: the inverse of {@link #pValue} in the tail.
     *
     * @param rate share, in (0, {@value #TAIL_SHARE}]
     * @throws IllegalArgumentException if the rate is out of range
     */
    public double threshold(double rate) {
        if (!(rate > 0 && rate <= TAIL_SHARE)) {
            throw new IllegalArgumentException("`rate` must be in (0, " + TAIL_SHARE + "] (got " + rate + ")");
        }
        return location + scale * tail().quantile(Math.log(TAIL_SHARE / rate));
    }

    /**
     * Minus the logarithm of the p-value. It still increases where p-values underflow to 0.
     *
     * @param standardised (score − location) / scale, not NaN
     */
    double surprise(double standardised) {
        return standardised > 0
                ? tail().surprise(standardised) - Math.log(TAIL_SHARE)
                : -Math.log(bodyShare(standardised));
    }

    ParetoTail tail() {
        return new ParetoTail(shape);
    }

    private double bodyShare(double standardised) {
        int above = 0;
        while (above < body.length && body[above] < standardised) {
            above++;
        }
        if (above == 0) {
            return 1;
        }
        double step = (1 - TAIL_SHARE) / (body.length - 1);
        if (above == body.length) {
            return TAIL_SHARE;
        }
        double part = (standardised - body[above - 1]) / (body[above] - (double) body[above - 1]);
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
                && rule == that.rule
                && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return 31 * Double.hashCode(location) + Arrays.hashCode(body);
    }
}
