package dev.noether.incident.feedback;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How strong an alarm of a dismissed kind must be, at one event time.
 *
 * <p>Each dismissal weighs 1 at first and half as much after each half-life. A dismissed incident raises the limit to its
 * own strength times the weight of all dismissals of the kind that were at least as strong, at most to its own strength.
 * What all dismissals together weigh above 1 adds a margin, at most {@link #MARGIN}. So one fresh dismissal hides what is
 * not stronger, two hide what is somewhat stronger, and none hides a deviation more than twice as large as the largest
 * dismissed one.
 *
 * @param count number of dismissals that still weigh something
 * @param last when the last of them was made, milliseconds since 1970 UTC
 * @param limit the largest strength that must not alert anybody
 */
record Allowance(int count, long last, double limit) {
    /** The margin above the strongest dismissed incident: alarm scores are logarithms of squared deviations. */
    static final double MARGIN = 2 * Math.log(2);

    /** A dismissal that weighs less no longer counts. */
    static final double LEAST_WEIGHT = 1.0 / 64;

    /** Returns the weight of a dismissal. */
    static double weight(long ageMillis, long halfLifeMillis) {
        return Math.pow(2, -(double) Math.max(0, ageMillis) / halfLifeMillis);
    }

    /**
     * Returns the allowance that dismissals of one kind give.
     *
     * @param dismissals the dismissals
     * @param time event time of the score, milliseconds
     * @param halfLifeMillis time after which a dismissal weighs half, at least 1
     */
    static Allowance of(List<Judgement> dismissals, long time, long halfLifeMillis) {
        List<Judgement> strongestFirst = new ArrayList<>(dismissals);
        strongestFirst.sort(Comparator.comparingDouble(Judgement::strength).reversed());
        int count = 0;
        long last = Long.MIN_VALUE;
        double weights = 0;
        double limit = 0;
        for (Judgement dismissal : strongestFirst) {
            double weight = weight(time - dismissal.from(), halfLifeMillis);
            if (weight >= LEAST_WEIGHT) {
                count++;
                last = Math.max(last, dismissal.time());
                weights += weight;
                limit = Math.max(limit, dismissal.strength() * Math.min(1, weights));
            }
        }
        return new Allowance(count, last, limit + MARGIN * Math.min(1, Math.max(0, weights - 1)));
    }
}
