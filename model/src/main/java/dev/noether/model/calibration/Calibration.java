package dev.noether.model.calibration;

import java.util.Arrays;

/**
 * The distribution of held-out normal scores, and the threshold at one of its quantiles.
 *
 * <p>The largest scores are kept exactly, the bulk as evenly spaced order statistics: the p-value of a high score is the
 * exact conformal one, {@code (1 + held-out scores at least as high) / (1 + held-out scores)}.
 *
 * <p>Immutable as long as the arrays are left alone; thread safe.
 *
 * @param quantile where in the held-out scores the threshold lies, in (0, 1)
 * @param threshold scores above it are anomalous
 * @param size how many held-out scores there were
 * @param scores kept order statistics, ascending
 * @param atLeast for each of them how many held-out scores were at least as high
 */
public record Calibration(double quantile, double threshold, int size, float[] scores, int[] atLeast) {
    private static final int KEPT_TAIL = 1024;
    private static final int KEPT_BULK = 1024;

    public Calibration {
        if (!(quantile > 0 && quantile < 1)) {
            throw new IllegalArgumentException("`quantile` must be in (0, 1) (got " + quantile + ")");
        }
        if (!Double.isFinite(threshold)) {
            throw new IllegalArgumentException("`threshold` must be finite (got " + threshold + ")");
        }
        if (scores.length != atLeast.length || scores.length == 0 || size < scores.length) {
            throw new IllegalArgumentException(
                    "`scores` and `atLeast` must be as long as one another, and `size` at least that (got "
                            + scores.length + ", " + atLeast.length + " and " + size + ")");
        }
        for (int i = 0; i < scores.length; i++) {
            if (!Float.isFinite(scores[i]) || (i > 0 && scores[i] < scores[i - 1])) {
                throw new IllegalArgumentException("`scores` must be finite and ascend (got " + scores[i] + " behind "
                        + (i == 0 ? "none" : scores[i - 1]) + ")");
            }
            int former = i == 0 ? size : atLeast[i - 1];
            if (atLeast[i] < 1 || atLeast[i] > former) {
                throw new IllegalArgumentException("`atLeast` must be in [1, `size`] and not ascend (got " + atLeast[i]
                        + " behind " + former + ")");
            }
        }
    }

    /**
     * Calibrates on held-out normal scores.
     *
     * @param heldOut finite scores of normal windows that took no part in training, in any order; at least 1
     * @param quantile where in them the threshold shall lie, in (0, 1)
     */
    public static Calibration of(float[] heldOut, double quantile) {
        if (heldOut.length == 0) {
            throw new IllegalArgumentException("`heldOut` must hold at least one score (got none)");
        }
        float[] sorted = heldOut.clone();
        Arrays.sort(sorted);
        if (!Float.isFinite(sorted[0]) || !Float.isFinite(sorted[sorted.length - 1])) {
            throw new IllegalArgumentException(
                    "`heldOut` must be finite (got " + sorted[0] + " to " + sorted[sorted.length - 1] + ")");
        }
        int bulk = Math.max(0, sorted.length - KEPT_TAIL);
        int keptBulk = Math.min(bulk, KEPT_BULK);
        int kept = keptBulk + sorted.length - bulk;
        float[] scores = new float[kept];
        int[] atLeast = new int[kept];
        for (int i = 0; i < kept; i++) {
            int rank = i < keptBulk ? (int) ((long) i * bulk / keptBulk) : bulk + i - keptBulk;
            scores[i] = sorted[rank];
            atLeast[i] = sorted.length - firstNotBelow(sorted, sorted[rank]);
        }
        // The smallest order statistic with at least the asked-for share of the scores at or below it.
        int rank = Math.min(sorted.length - 1, (int) Math.ceil(quantile * sorted.length) - 1);
        return new Calibration(quantile, sorted[Math.max(rank, 0)], sorted.length, scores, atLeast);
    }

    /** The conformal p-value of a score: the share of normal windows at least this strange, in (0, 1]. */
    public double pValue(double score) {
        int at = firstNotBelow(scores, (float) score);
        int higher = at == scores.length ? 0 : atLeast[at];
        return (1.0 + higher) / (1.0 + size);
    }

    /** Halves what is left in each step whatever the comparison says, so that there is nothing to mispredict. */
    private static int firstNotBelow(float[] sorted, float value) {
        int first = 0;
        for (int left = sorted.length; left > 0; ) {
            int half = (left + 1) >>> 1;
            first += sorted[first + half - 1] < value ? half : 0;
            left -= half;
        }
        return first;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Calibration that
                && quantile == that.quantile
                && threshold == that.threshold
                && size == that.size
                && Arrays.equals(scores, that.scores)
                && Arrays.equals(atLeast, that.atLeast);
    }

    @Override
    public int hashCode() {
        return 31 * Double.hashCode(threshold) + Arrays.hashCode(scores);
    }
}
