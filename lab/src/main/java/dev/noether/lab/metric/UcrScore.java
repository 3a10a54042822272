package dev.noether.lab.metric;

import java.util.List;

/**
 * The score of the UCR anomaly archive (Wu and Keogh, "Current Time Series Anomaly Detection Benchmarks are Flawed",
 * TKDE 2021) for a series with one event: 1 if the row with the largest score lies near the event, otherwise 0. Near
 * means at most max(100, L) rows before its first or behind its last row, where L is its length. If several rows share
 * the largest score, all of them must lie there, so that a score that saturates gains nothing. Stateless.
 */
public final class UcrScore {
    private static final int LEAST_MARGIN = 100;

    private UcrScore() {}

    /**
     * Computes the score.
     *
     * @param scores scores, {@code [n]}; a higher score is more anomalous
     * @param labels labels, {@code [n]}; true is anomalous
     * @throws IllegalArgumentException if the lengths differ, a score is NaN, there are no normal rows, or the number
     *     of events is not 1
     */
    public static int of(float[] scores, boolean[] labels) {
        ScoreChecks.countAnomalous(scores, labels);
        List<LabelledEvent> events = LabelledEvent.of(labels);
        if (events.size() != 1) {
            throw new IllegalArgumentException("`labels` must hold exactly one event (got " + events.size() + ")");
        }
        LabelledEvent event = events.get(0);
        int margin = Math.max(LEAST_MARGIN, event.length());
        float inside = Float.NEGATIVE_INFINITY;
        float outside = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < scores.length; i++) {
            if (i >= event.start() - margin && i < event.end() + margin) {
                inside = Math.max(inside, scores[i]);
            } else {
                outside = Math.max(outside, scores[i]);
            }
        }
        return inside > outside ? 1 : 0;
    }
}
