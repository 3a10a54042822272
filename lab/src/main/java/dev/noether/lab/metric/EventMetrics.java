package dev.noether.lab.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the one who is woken sees: how many of the labelled events are found, how late, and at which price in false
 * alarms.
 *
 * <p>An event is a maximal run of anomalous rows ({@link LabelledEvent}), found if one of its rows is flagged. A false
 * alarm is a flagged row outside all events. Scores may be infinite, not NaN. Stateless and thread-safe.
 */
public final class EventMetrics {
    private EventMetrics() {}

    /**
     * Events found with the lowest threshold that keeps to an allowance of false alarms.
     *
     * <p>Flagged is what scores strictly above the threshold. With an allowance of m = ⌊k · normal rows / 10,000⌋ false
     * alarms the threshold is the (m + 1)-highest score among the normal rows: anything lower would flag more than m of
     * them. Where normal rows tie across the allowance none of the tied is flagged, and no anomalous row of that score.
     *
     * @param scores {@code [n]}, higher is stranger
     * @param labels {@code [n]}, true is anomalous
     * @param falseAlarmsPerTenThousand k, false alarms allowed per 10,000 normal rows, at least 0
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
        int found = 0;
        for (LabelledEvent event : events) {
            int first = firstFlagged(flagged, event);
            if (first >= 0) {
                delays[found++] = first - event.start();
            }
        }
        return new EventDetection(
                threshold, events.size(), found, median(Arrays.copyOf(delays, found)), falseAlarms, normal);
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
     * The best event-F1 over all thresholds: the harmonic mean of the share of events found and the share of flagged
     * rows that are anomalous. It is the composite F-score of Garg et al., "An Evaluation of Anomaly Detection and
     * Diagnosis in Multivariate Time Series" (2021), which does not reward a whole event for one row as point
     * adjustment does: long events weigh in the precision by their rows, in the recall as one.
     *
     * <p>Flagged is what scores at or above a threshold; every distinct score is tried.
     *
     * @param scores {@code [n]}, higher is stranger
     * @param labels {@code [n]}, true is anomalous
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
        // Best thresholds are scores of events: in between only false alarms are added.
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
     * How many incidents given verdicts make of the labelled events. Flagged rows form one incident as long as no more
     * than {@code quietRows} unflagged rows lie between them.
     *
     * @param flagged {@code [n]}, the verdicts
     * @param labels {@code [n]}, true is anomalous
     * @param quietRows unflagged rows that an incident outlives, at least 0
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
