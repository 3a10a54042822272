package dev.noether.lab.metric;

/**
 * Scores that are dated back by a delay P: the value of row t is the mean of the scores of the rows t to t + P. It is
 * known P rows later. An anomaly raises the score of every window that contains it, so that for windows of P rows this
 * mean is centred on the anomaly, where the score itself rises late and falls P rows after the end. Stateless.
 */
public final class DelayedScores {
    private DelayedScores() {}

    /**
     * Computes the delayed scores, in O(rows × delay).
     *
     * @param scores scores, {@code [n]}; negative infinity for a row that was not scored
     * @param delay P in rows, at least 0; 0 changes nothing
     * @return {@code [n]}; the mean leaves out rows that were not scored, and rows after the end. It is negative
     *     infinity if no row is left
     * @throws IllegalArgumentException if the delay is negative
     */
    public static float[] of(float[] scores, int delay) {
        if (delay < 0) {
            throw new IllegalArgumentException("`delay` must be at least 0 (got " + delay + ")");
        }
        float[] delayed = new float[scores.length];
        for (int t = 0; t < scores.length; t++) {
            delayed[t] = mean(scores, t, (int) Math.min(scores.length, (long) t + delay + 1));
        }
        return delayed;
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
