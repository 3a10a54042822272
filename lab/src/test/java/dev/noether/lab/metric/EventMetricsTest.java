package dev.noether.lab.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class EventMetricsTest extends RandomizedTest {
    @Test
    void eventsAreMaximalRuns() {
        assertThat(LabelledEvent.of(labels("110010111")))
                .containsExactly(new LabelledEvent(0, 2), new LabelledEvent(4, 5), new LabelledEvent(6, 9));
        assertThat(LabelledEvent.of(new boolean[3])).isEmpty();
        assertThat(LabelledEvent.of(new boolean[0])).isEmpty();
        assertThatThrownBy(() -> new LabelledEvent(3, 3))
                .hasMessage("`start` and `end` must satisfy 0 <= start < end (got 3 and 3)");
    }

    @Test
    void findsEventsWithinAnAllowance() {
        // Ten normal rows with scores 0 to 9; 1,000 per 10,000 are one of them.
        float[] scores = {0, 1, 2, 8.5f, 9.5f, 3, 4, 5, 6, 7, 8.5f, 8, 9};
        boolean[] labels = labels("0001100000100");
        EventDetection one = EventMetrics.detection(scores, labels, 1_000);
        assertThat(one).isEqualTo(new EventDetection(8, 2, 2, 0, 1, 10));
        assertThat(one.share()).isEqualTo(1);
        // None allowed: only the second row of the first event lies above all normal rows.
        EventDetection none = EventMetrics.detection(scores, labels, 999);
        assertThat(none).isEqualTo(new EventDetection(9, 2, 1, 1, 0, 10));
        assertThat(none.share()).isEqualTo(0.5);
        assertThat(EventMetrics.detection(scores, labels, 0)).isEqualTo(none);
        assertThat(EventMetrics.detection(scores, labels, 10_000).falseAlarms()).isEqualTo(10);
    }

    @Test
    void tiesAcrossTheAllowanceAreNotFlagged() {
        float[] scores = {5, 5, 5, 1, 6};
        EventDetection detection = EventMetrics.detection(scores, labels("01000"), 5_000);
        assertThat(detection).isEqualTo(new EventDetection(5, 1, 0, Double.NaN, 1, 4));
        assertThat(EventMetrics.detection(new float[9], labels("000010000"), 100)
                        .foundEvents())
                .isZero();
    }

    @Test
    void theMedianDelayIsOverTheEventsFound() {
        float[] scores = {0, 9, 0, 0, 9, 0, 0, 0, 0, 9, 0, 0};
        EventDetection detection = EventMetrics.detection(scores, labels("011011100110"), 0);
        assertThat(detection.foundEvents()).isEqualTo(3);
        assertThat(detection.medianDelay()).isZero();
        float[] late = {0, 0, 9, 0, 0, 0, 9, 0, 0, 0, 0, 0};
        assertThat(EventMetrics.detection(late, labels("011011100110"), 0).medianDelay())
                .isEqualTo(1.5);
    }

    @Test
    void theThresholdIsTheLowestThatKeepsTheAllowance() {
        RandomGenerator random = random();
        for (int round = 0; round < 2_000; round++) {
            int length = 2 + random.nextInt(40);
            float[] scores = randomScores(random, length);
            boolean[] labels = randomLabels(random, length);
            double allowance = random.nextInt(6) * 1_000.0;
            EventDetection detection = EventMetrics.detection(scores, labels, allowance);
            // All that can be flagged: nothing, or what lies at or above one of the scores.
            int mostFound = 0;
            int mostFalseAlarms = 0;
            for (float threshold : scores) {
                int falseAlarms = 0;
                for (int i = 0; i < length; i++) {
                    falseAlarms += !labels[i] && scores[i] >= threshold ? 1 : 0;
                }
                if (falseAlarms <= allowance * detection.normalRows() / 10_000) {
                    mostFound = Math.max(mostFound, found(scores, labels, threshold));
                    mostFalseAlarms = Math.max(mostFalseAlarms, falseAlarms);
                }
            }
            assertThat(detection.foundEvents()).as("round %d", round).isEqualTo(mostFound);
            assertThat(detection.falseAlarms()).as("round %d", round).isEqualTo(mostFalseAlarms);
        }
    }

    @Test
    void eventF1ByHand() {
        // At 3: both events, 2 of 3 flagged rows anomalous; at 4: one event of two, no false alarm.
        assertThat(EventMetrics.bestEventF1(new float[] {4, -1, 3, 3, 0}, labels("11010")))
                .isCloseTo(0.8, within(1e-15));
        assertThat(EventMetrics.bestEventF1(new float[] {1, 2}, labels("01"))).isEqualTo(1);
        assertThat(EventMetrics.bestEventF1(new float[] {-0.0f, 0.0f}, labels("01")))
                .isCloseTo(2.0 / 3, within(1e-15));
    }

    @Test
    void eventF1TriesEveryThreshold() {
        RandomGenerator random = random();
        for (int round = 0; round < 2_000; round++) {
            int length = 2 + random.nextInt(30);
            float[] scores = randomScores(random, length);
            boolean[] labels = randomLabels(random, length);
            double best = 0;
            for (float threshold : scores) {
                double flagged = 0;
                double hits = 0;
                for (int i = 0; i < length; i++) {
                    flagged += scores[i] >= threshold ? 1 : 0;
                    hits += scores[i] >= threshold && labels[i] ? 1 : 0;
                }
                double recall = found(scores, labels, threshold)
                        / (double) LabelledEvent.of(labels).size();
                double precision = hits / flagged;
                best = hits == 0 ? best : Math.max(best, 2 * precision * recall / (precision + recall));
            }
            assertThat(EventMetrics.bestEventF1(scores, labels))
                    .as("round %d", round)
                    .isCloseTo(best, within(1e-12));
        }
    }

    @Test
    void incidentsAreCountedAgainstEvents() {
        boolean[] labels = labels("0111110000111000");
        IncidentCount apart = EventMetrics.incidents(labels("0101001000000010"), labels, 0);
        assertThat(apart).isEqualTo(new IncidentCount(4, 2, 2, 1, 2));
        assertThat(apart.perFoundEvent()).isEqualTo(2);
        assertThat(EventMetrics.incidents(labels("0101001000000010"), labels, 1))
                .isEqualTo(new IncidentCount(3, 2, 2, 1, 1));
        assertThat(EventMetrics.incidents(labels("0101001000000010"), labels, 2))
                .isEqualTo(new IncidentCount(2, 1, 2, 1, 1));
        // One incident over both events is one for each of them.
        assertThat(EventMetrics.incidents(labels("0101001000000010"), labels, 9).perFoundEvent())
                .isEqualTo(1);
        assertThat(IncidentCount.of(List.of(), LabelledEvent.of(labels)).perFoundEvent())
                .isNaN();
    }

    @Test
    void argumentsAreChecked() {
        float[] scores = {1, 2};
        assertThatThrownBy(() -> EventMetrics.detection(scores, labels("01"), Double.NaN))
                .hasMessage("`falseAlarmsPerTenThousand` must be at least 0 (got NaN)");
        assertThatThrownBy(() -> EventMetrics.detection(scores, labels("011"), 1))
                .hasMessage("`scores` and `labels` must be of the same length (got 2 and 3)");
        assertThatThrownBy(() -> EventMetrics.bestEventF1(scores, labels("00")))
                .hasMessage("`labels` must hold both true and false (got 0 true of 2)");
        assertThatThrownBy(() -> EventMetrics.incidents(labels("01"), labels("0"), 0))
                .hasMessage("`flagged` and `labels` must be of the same length (got 2 and 1)");
        assertThatThrownBy(() -> EventMetrics.incidents(labels("01"), labels("01"), -1))
                .hasMessage("`quietRows` must be at least 0 (got -1)");
    }

    private static int found(float[] scores, boolean[] labels, float threshold) {
        int found = 0;
        for (LabelledEvent event : LabelledEvent.of(labels)) {
            boolean any = false;
            for (int i = event.start(); i < event.end(); i++) {
                any |= scores[i] >= threshold;
            }
            found += any ? 1 : 0;
        }
        return found;
    }

    private static float[] randomScores(RandomGenerator random, int length) {
        float[] scores = new float[length];
        int levels = 1 + random.nextInt(30);
        for (int i = 0; i < length; i++) {
            scores[i] = random.nextInt(levels) - levels / 2;
        }
        return scores;
    }

    private static boolean[] randomLabels(RandomGenerator random, int length) {
        boolean[] labels = new boolean[length];
        Arrays.fill(labels, 0, 1 + random.nextInt(length - 1), true);
        for (int i = 0; i < length; i++) {
            int other = random.nextInt(length);
            boolean label = labels[i];
            labels[i] = labels[other];
            labels[other] = label;
        }
        return labels;
    }

    private static boolean[] labels(String digits) {
        boolean[] labels = new boolean[digits.length()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = digits.charAt(i) == '1';
        }
        return labels;
    }
}
