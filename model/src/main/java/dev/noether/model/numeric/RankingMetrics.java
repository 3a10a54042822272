package dev.noether.model.numeric;

import java.util.Arrays;

/**
 * Metrics of how well anomaly scores rank the anomalous rows before the normal ones, without a threshold.
 *
 * <p>The metrics depend on the order of the scores only. Scores may be infinite, but not NaN. Equal scores are one
 * group without an order. Stateless and thread-safe.
 */
public final class RankingMetrics {
    private RankingMetrics() {}

    /**
     * The area under the receiver operating characteristic: the probability that a random anomalous row scores higher
     * than a random normal one, ties counting one half (the Mann–Whitney statistic with mid-ranks).
     *
     * @param scores {@code [n]}, higher is more anomalous
     * @param labels {@code [n]}, true for an anomalous row
     * @return in [0, 1]; 0.5 is chance
     * @throws IllegalArgumentException if the lengths differ, a score is NaN, or one of the two classes is missing
     */
    public static double aucRoc(float[] scores, boolean[] labels) {
        long[] ranking = ascendingRanking(scores, labels);
        long anomalous = count(labels);
        long normal = labels.length - anomalous;
        if (anomalous == 0 || normal == 0) {
            throw new IllegalArgumentException(
                    "`labels` must hold both true and false (got " + anomalous + " true of " + labels.length + ")");
        }
        double anomalousRankSum = 0;
        for (int start = 0; start < ranking.length; ) {
            int end = groupEnd(ranking, start);
            double midRank = (start + 1 + end) / 2.0;
            anomalousRankSum += midRank * anomalousIn(ranking, start, end);
            start = end;
        }
        return (anomalousRankSum - anomalous * (anomalous + 1) / 2.0) / ((double) anomalous * normal);
    }

    /**
     * The area under the precision-recall curve as average precision: the sum over the distinct thresholds, from the
     * highest down, of precision × gain in recall. Step-wise, not interpolated, as scikit-learn's
     * {@code average_precision_score} defines it.
     *
     * @param scores {@code [n]}, higher is more anomalous
     * @param labels {@code [n]}, true for an anomalous row
     * @return in (0, 1]; chance is the share of anomalous rows
     * @throws IllegalArgumentException if the lengths differ, a score is NaN, or no label is true
     */
    public static double aucPr(float[] scores, boolean[] labels) {
        long[] ranking = ascendingRanking(scores, labels);
        long anomalous = count(labels);
        if (anomalous == 0) {
            throw new IllegalArgumentException(
                    "`labels` must hold true at least once (got 0 true of " + labels.length + ")");
        }
        double area = 0;
        long found = 0;
        for (int end = ranking.length; end > 0; ) {
            int start = groupStart(ranking, end);
            long gain = anomalousIn(ranking, start, end);
            found += gain;
            double precision = (double) found / (ranking.length - start);
            area += precision * gain / anomalous;
            end = start;
        }
        return area;
    }

    /**
     * The rows in the order of rising scores, each as one long with the label in the lowest bit. Sorting primitives is
     * several times faster than sorting indices by a comparator.
     */
    private static long[] ascendingRanking(float[] scores, boolean[] labels) {
        if (scores.length != labels.length) {
            throw new IllegalArgumentException("`scores` and `labels` must be of the same length (got " + scores.length
                    + " and " + labels.length + ")");
        }
        long[] ranking = new long[scores.length];
        for (int i = 0; i < scores.length; i++) {
            if (Float.isNaN(scores[i])) {
                throw new IllegalArgumentException("`scores` must not hold NaN (got one at index " + i + ")");
            }
            ranking[i] = (long) orderedBits(scores[i]) << 1 | (labels[i] ? 1 : 0);
        }
        Arrays.sort(ranking);
        return ranking;
    }

    /** An integer that orders as the float does; the bits of a negative float order the wrong way round. */
    private static int orderedBits(float score) {
        int bits = Float.floatToIntBits(score + 0.0f); // -0.0 + 0.0 is 0.0, so that the two zeros tie
        return bits >= 0 ? bits : bits ^ 0x7fff_ffff;
    }

    private static int groupEnd(long[] ranking, int start) {
        int end = start + 1;
        while (end < ranking.length && ranking[end] >> 1 == ranking[start] >> 1) {
            end++;
        }
        return end;
    }

    private static int groupStart(long[] ranking, int end) {
        int start = end - 1;
        while (start > 0 && ranking[start - 1] >> 1 == ranking[end - 1] >> 1) {
            start--;
        }
        return start;
    }

    private static long anomalousIn(long[] ranking, int start, int end) {
        long count = 0;
        for (int i = start; i < end; i++) {
            count += ranking[i] & 1;
        }
        return count;
    }

    private static long count(boolean[] labels) {
        long count = 0;
        for (boolean label : labels) {
            count += label ? 1 : 0;
        }
        return count;
    }
}
