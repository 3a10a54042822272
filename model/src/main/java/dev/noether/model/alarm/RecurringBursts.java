package dev.noether.model.alarm;

import java.util.Arrays;
import java.util.List;

/**
 * The high scores that recur in a history. One quantile cannot say how high scores go that are rarer than it: single
 * errors, one in 1,000 rows, are a second mode far above it. What came in {@value #FEWEST} separate bursts for each
 * entity is no incident but a part of normal operation, so the tail must give it at least the share that it had.
 */
final class RecurringBursts {
    /** Fewer bursts may be unlabelled incidents. */
    static final int FEWEST = 3;

    private final double[] peaks;
    private final int entities;

    private RecurringBursts(double[] peaks, int entities) {
        this.peaks = peaks;
        this.entities = entities;
    }

    /**
     * Collects the bursts above a level.
     *
     * @param perEntity scores of each entity in the order of time
     * @param level level that the scores of a burst exceed
     */
    static RecurringBursts of(List<float[]> perEntity, double level) {
        double[] peaks = new double[16];
        int count = 0;
        int entities = 0;
        for (float[] scores : perEntity) {
            entities += scores.length == 0 ? 0 : 1;
            int quiet = ExtremalIndex.QUIET_WINDOWS + 1;
            for (float score : scores) {
                if (!(score > level)) {
                    quiet++;
                    continue;
                }
                if (quiet > ExtremalIndex.QUIET_WINDOWS) {
                    if (count == peaks.length) {
                        peaks = Arrays.copyOf(peaks, 2 * count);
                    }
                    peaks[count++] = score;
                } else {
                    peaks[count - 1] = Math.max(peaks[count - 1], score);
                }
                quiet = 0;
            }
        }
        double[] ascending = Arrays.copyOf(peaks, count);
        Arrays.sort(ascending);
        return new RecurringBursts(ascending, entities);
    }

    /**
     * The least scale with which a tail gives each height that recurs at least the share of scores that reach it. The
     * share of a height that few bursts reach is known to its square root only; it counts with one standard deviation
     * less, so that chance alone hardly widens a tail.
     *
     * @param sorted all scores
     * @param location location of the tail, at most the level of the bursts
     * @return 0 if nothing recurs
     */
    double leastScale(SortedScores sorted, double location, ParetoTail tail) {
        double least = 0;
        for (int rank = FEWEST * entities; rank <= peaks.length; rank++) {
            double height = peaks[peaks.length - rank];
            double share = sorted.reaching(height) / (sorted.size() + 1.0) * (1 - 1 / Math.sqrt(rank));
            double depth = Math.log(TailCalibration.TAIL_SHARE / share);
            if (depth > 0) {
                least = Math.max(least, (height - location) / tail.quantile(depth));
            }
        }
        return least;
    }
}
