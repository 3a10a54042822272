package dev.noether.lab.metric;

/**
 * Scores that are dated back by a delay P: the value of row t is the mean of the scores of the rows t to t + P, plus a
 * quarter of the largest score of the rows t to t + P/4. It is known P rows later.
 *
 * <p>An anomaly raises the score of every window that contains it, so that for windows of P rows the mean is centred on
 * the anomaly, where the score itself rises late and falls P rows after the end. The mean alone would lose an anomaly of
 * a few rows; the largest score keeps it. Stateless.
 */
public final class DelayedScores {
    private static final float LARGEST_WEIGHT = 0.25f;
    private static final int LARGEST_PART = 4;

    private DelayedScores() {}

    /**
     * Computes the delayed scores, in O(rows × delay).
     *
     * @param scores scores, {@code [n]}; negative infinity for a row that was not scored
     * @param delay P in rows, at least 0; 0 changes nothing
     * @return {@code [n]}; mean and largest leave out rows that were not scored, and rows after the end. It is negative
     *     infinity if no row is left
     * @throws IllegalArgumentException if the delay is negative
     */
    public static float[] of(float[] scores, int delay) {
        if (delay < 0) {
            throw new IllegalArgumentException("`delay` must be at least 0 (got " + delay + ")");
        }
        if (delay == 0) {
            return scores.clone();
        }
        float[] delayed = new float[scores.length];
        for (int t = 0; t < scores.length; t++) {
            int end = end(scores, t, delay);
            float mean = mean(scores, t, end);
            float largest = largest(scores, t, end(scores, t, delay / LARGEST_PART));
            delayed[t] = largest == Float.NEGATIVE_INFINITY ? mean : mean + LARGEST_WEIGHT * largest;
        }
        return delayed;
    }

    private static int end(float[] scores, int start, int rows) {
        return (int) Math.min(scores.length, (long) start + rows + 1);
    }

    private static float largest(float[] scores, int start, int end) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = start; i < end; i++) {
            largest = Math.max(largest, scores[i]);
        }
        return largest;
    }

    private static float mean(float[] scores, int start, int end) {
        double sum = 0;
        int count = 0;
        for (int i = start; i < end; i++) {
            if (scores[i] != Float.NEGATIVE_INFINITY) {
                sum += scores[i];
                count++;
            }
        }
        return count == 0 ? Float.NEGATIVE_INFINITY : (float) (sum / count);
    }
}
