package dev.noether.lab.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Metrics from the view of an operator on call: the number of labelled events that are found, their delays, and the
 * number of false alarms.
 *
 * <p>An event is a maximal run of anomalous rows ({@link LabelledEvent}). It is found if one of its rows is flagged. A
 * false alarm is a flagged row outside all events. Scores may be infinite, not NaN. Stateless and thread-safe.
 */
public final class EventMetrics {
    private EventMetrics() {}

    /**
     * Detects events with the lowest threshold that respects an allowance of false alarms.
     *
     * <p>Rows with a score strictly above the threshold are flagged. With an allowance of m = ⌊k · normal rows /
     * 10,000⌋ false alarms the threshold is the (m + 1)-highest score of the normal rows: a lower threshold would flag
     * more than m of them. No row whose score equals the threshold is flagged.
     *
     * @param scores scores, {@code [n]}; a higher score is more anomalous
     * @param labels labels, {@code [n]}; true is anomalous
     * @param falseAlarmsPerTenThousand allowed number of false alarms per 10,000 normal rows (k), at least 0
     * @throws IllegalArgumentException if k is negative or NaN, the lengths differ, a score is NaN, or one of the two
     *     classes is missing
     */
    public static EventDetection detection(float[] scores, boolean[] labels, double falseAlarmsPerTenThousand) {
        if (!(falseAlarmsPerTenThousand >= 0)) {
            throw new IllegalArgumentException(
                    "`falseAlarmsPerTenThousand` must be at least 0 (got " + falseAlarmsPerTenThousand + ")");
        }
        int anomalous = ScoreChecks.countAnomalous(scores, labels);
        float[] normal = new float[scores.length - anomalous];
        int filled = 0;
        for (int i = 0; i < scores.length; i++) {
            if (!labels[i]) {
                normal[filled++] = scores[i];
            }
        }
        Arrays.sort(normal);
        double allowed = Math.floor(falseAlarmsPerTenThousand * normal.length / 10_000);
        if (allowed >= normal.length) {
            boolean[] all = new boolean[scores.length];
            Arrays.fill(all, true);
            return detection(all, labels, Float.NEGATIVE_INFINITY);
        }
        float threshold = normal[normal.length - 1 - (int) allowed];
        boolean[] flagged = new boolean[scores.length];
        for (int i = 0; i < scores.length; i++) {
            flagged[i] = scores[i] > threshold;
        }
        return detection(flagged, labels, threshold);
    }

    private static EventDetection detection(boolean[] flagged, boolean[] labels, float threshold) {
        int normal = 0;
        int falseAlarms = 0;
        for (int i = 0; i < labels.length; i++) {
            normal += labels[i] ? 0 : 1;
            falseAlarms += flagged[i] && !labels[i] ? 1 : 0;
        }
        List<LabelledEvent> events = LabelledEvent.of(labels);
        int[] delays = new int[events.size()];
        int foundEvents = 0;
        for (LabelledEvent event : events) {
            int first = firstFlagged(flagged, event);
            if (first >= 0) {
                delays[foundEvents++] = first - event.start();
            }
        }
        return new EventDetection(
                threshold, events.size(), foundEvents, median(Arrays.copyOf(delays, foundEvents)), falseAlarms, normal);
    }

    private static int firstFlagged(boolean[] flagged, LabelledEvent event) {
        for (int i = event.start(); i < event.end(); i++) {
            if (flagged[i]) {
                return i;
            }
        }
        return -1;
    }

    private static double median(int[] values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        Arrays.sort(values);
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2.0;
    }

    /**
     * Computes the best event-F1 over all thresholds: the harmonic mean of the share of found events (recall) and the
     * share of flagged rows that are anomalous (precision). It is the composite F-score of Garg et al., "An Evaluation
     * of Anomaly Detection and Diagnosis in Multivariate Time Series" (2021). Unlike point adjustment it does not
     * reward a whole event for one row: in the precision an event weighs by its rows, in the recall as one.
     *
     * <p>Rows with a score at or above the threshold are flagged. All distinct scores are candidates.
     *
     * @param scores scores, {@code [n]}; a higher score is more anomalous
     * @param labels labels, {@code [n]}; true is anomalous
     * @return in (0, 1]
     * @throws IllegalArgumentException if the lengths differ, a score is NaN, or one of the two classes is missing
     */
    public static double bestEventF1(float[] scores, boolean[] labels) {
        ScoreChecks.countAnomalous(scores, labels);
        List<LabelledEvent> events = LabelledEvent.of(labels);
        float[] anomalous = new float[scores.length];
        float[] best = new float[events.size()];
        int hits = 0;
        for (int e = 0; e < best.length; e++) {
            best[e] = Float.NEGATIVE_INFINITY;
            for (int i = events.get(e).start(); i < events.get(e).end(); i++) {
                anomalous[hits++] = scores[i] + 0.0f; // -0.0 becomes 0.0: the two zeros tie, but sort apart
                best[e] = Math.max(best[e], scores[i] + 0.0f);
            }
        }
        anomalous = Arrays.copyOf(anomalous, hits);
        float[] all = scores.clone();
        for (int i = 0; i < all.length; i++) {
            all[i] += 0.0f;
        }
        Arrays.sort(all);
        Arrays.sort(anomalous);
        Arrays.sort(best);
        // The best threshold is the score of an anomalous row: a lower one before the next only adds false alarms.
        double highest = 0;
        int below = 0;
        int missed = 0;
        for (int missedRows = 0; missedRows < hits; missedRows++) {
            float threshold = anomalous[missedRows];
            if (missedRows > 0 && threshold == anomalous[missedRows - 1]) {
                continue;
            }
            while (all[below] < threshold) {
                below++;
            }
            while (best[missed] < threshold) {
                missed++;
            }
            double precision = (double) (hits - missedRows) / (all.length - below);
            double recall = (double) (best.length - missed) / best.length;
            highest = Math.max(highest, 2 * precision * recall / (precision + recall));
        }
        return highest;
    }

    /**
     * Counts the incidents that verdicts form, and compares them with the labelled events. Flagged rows belong to one
     * incident if at most {@code quietRows} unflagged rows lie between them.
     *
     * @param flagged verdicts, {@code [n]}
     * @param labels labels, {@code [n]}; true is anomalous
     * @param quietRows largest number of consecutive unflagged rows within an incident, at least 0
     * @throws IllegalArgumentException if the lengths differ or {@code quietRows} is negative
     */
    public static IncidentCount incidents(boolean[] flagged, boolean[] labels, int quietRows) {
        if (flagged.length != labels.length) {
            throw new IllegalArgumentException("`flagged` and `labels` must be of the same length (got "
                    + flagged.length + " and " + labels.length + ")");
        }
        if (quietRows < 0) {
            throw new IllegalArgumentException("`quietRows` must be at least 0 (got " + quietRows + ")");
        }
        List<LabelledEvent> incidents = new ArrayList<>();
        for (LabelledEvent run : LabelledEvent.of(flagged)) {
            int last = incidents.size() - 1;
            if (last >= 0 && run.start() - incidents.get(last).end() <= quietRows) {
                incidents.set(last, new LabelledEvent(incidents.get(last).start(), run.end()));
            } else {
                incidents.add(run);
            }
        }
        return IncidentCount.of(incidents, LabelledEvent.of(labels));
    }
}
