package dev.noether.lab.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class VolumeUnderSurfaceTest extends RandomizedTest {
    @Test
    void numbersOfTheReferenceImplementation() {
        // From a line-by-line port of TSB-AD's RangeAUC_volume_opt in NumPy, on scores that need no generator.
        int length = 400;
        boolean[] labels = new boolean[length];
        for (int[] event : new int[][] {{0, 3}, {40, 60}, {66, 67}, {200, 230}, {395, 400}}) {
            Arrays.fill(labels, event[0], event[1], true);
        }
        float[] scores = new float[length];
        for (int i = 0; i < length; i++) {
            scores[i] = ((long) i * i * 7919 + i * 104729L) % 1009 + (labels[i] ? 300 : 0);
        }
        assertAreas(VolumeUnderSurface.of(scores, labels, 0, 250), 0.8085143396789105, 0.6082814876726568);
        assertAreas(VolumeUnderSurface.of(scores, labels, 10, 250), 0.8385545709628048, 0.6294236409284065);
        assertAreas(VolumeUnderSurface.of(scores, labels), 0.9266030553927539, 0.7586271685820053);
        assertAreas(VolumeUnderSurface.of(scores, labels, 33, 50), 0.877971290489922, 0.6565979122669505);
    }

    @Test
    void anExampleByHand() {
        // Row 1 is the event; a buffer of 2 reaches one row, with the soft label √(1 − 1/2) = h.
        float[] scores = {2, 3, 1, 0};
        boolean[] labels = {false, true, false, false};
        double h = Math.sqrt(0.5);
        VolumeUnderSurface surface = VolumeUnderSurface.of(scores, labels, 2, 4);
        // Without a buffer: a perfect ranking, whose first false alarms come at full recall.
        assertThat(surface.rangeArea(0).roc()).isCloseTo(1, within(1e-15));
        assertThat(surface.rangeArea(0).precisionRecall()).isCloseTo(1, within(1e-15));
        assertThat(surface.rangeArea(1)).isEqualTo(surface.rangeArea(0));
        // Raised {1}, {0, 1}, {0, 1, 2}, all: TP = 1, 1 + h, 1 + 2h, 1 + 2h; P̄ = 1, 1 + h/2, 1 + h, 1 + h; recall 1.
        double[] fallout = {0, (1 - h) / (3 - h / 2), (2 - 2 * h) / (3 - h), (3 - 2 * h) / (3 - h), 1};
        double area = fallout[4] - fallout[0];
        assertThat(surface.rangeArea(2).roc()).isCloseTo(area, within(1e-15));
        assertThat(surface.rangeArea(2).precisionRecall()).isCloseTo(1, within(1e-15));
        assertThat(surface.roc()).isCloseTo(1, within(1e-15));
    }

    @Test
    void theReverseRankingByHand() {
        // Raised {3}, {2, 3}, {0, 2, 3}, all; with a buffer of 2 the event is found from row 2 on, by its soft label h.
        float[] scores = {1, 0, 2, 3};
        boolean[] labels = {false, true, false, false};
        double h = Math.sqrt(0.5);
        double[] hits = {0, h, 2 * h, 1 + 2 * h};
        double[] positives = {1, 1 + h / 2, 1 + h, 1 + h};
        double area = 0;
        double before = 0;
        for (int k = 0; k < 4; k++) {
            double recall = Math.min(1, hits[k] / positives[k]);
            area += (recall - before) * hits[k] / (k + 1);
            before = recall;
        }
        assertThat(VolumeUnderSurface.of(scores, labels, 2, 4).rangeArea(2).precisionRecall())
                .isCloseTo(area, within(1e-15));
        assertThat(VolumeUnderSurface.of(scores, labels, 2, 4).rangeArea(0).precisionRecall())
                .isCloseTo(0.25, within(1e-15));
    }

    @Test
    void agreesWithTheDefinitionOnRandomSmallCases() {
        RandomGenerator random = random();
        for (int round = 0; round < 400; round++) {
            int length = 2 + random.nextInt(70);
            float[] scores = new float[length];
            boolean[] labels = new boolean[length];
            int levels = 1 + random.nextInt(100);
            int eventEvery = 2 + random.nextInt(12);
            for (int i = 0; i < length; i++) {
                scores[i] = random.nextInt(levels) - levels / 2;
                labels[i] = random.nextInt(eventEvery) == 0 || (i > 0 && labels[i - 1] && random.nextInt(3) > 0);
            }
            labels[random.nextInt(length / 2)] = true;
            labels[length / 2 + random.nextInt(length - length / 2)] = false;
            int largestBuffer = random.nextInt(30);
            int thresholds = 2 + random.nextInt(60);
            VolumeUnderSurface surface = VolumeUnderSurface.of(scores, labels, largestBuffer, thresholds);
            double[] volume = new double[2];
            for (int buffer = 0; buffer <= largestBuffer; buffer++) {
                double[] area = rangeAreaByDefinition(scores, labels, buffer, thresholds);
                volume[0] += area[0] / (largestBuffer + 1);
                volume[1] += area[1] / (largestBuffer + 1);
                assertThat(surface.rangeArea(buffer).roc())
                        .as("round %d, buffer %d", round, buffer)
                        .isCloseTo(area[0], within(1e-12));
                assertThat(surface.rangeArea(buffer).precisionRecall())
                        .as("round %d, buffer %d", round, buffer)
                        .isCloseTo(area[1], within(1e-12));
            }
            assertAreas(surface, volume);
        }
    }

    @Test
    void onlyTheOrderCountsAndInfinitiesAreScores() {
        float[] scores = {0.0f, -0.0f, 5, Float.POSITIVE_INFINITY, 2, Float.NEGATIVE_INFINITY, 7, 1};
        float[] ranks = {2, 2, 5, 7, 4, 1, 6, 3};
        boolean[] labels = {false, true, true, false, false, false, true, false};
        VolumeUnderSurface surface = VolumeUnderSurface.of(scores, labels, 4, 8);
        assertThat(surface.roc())
                .isEqualTo(VolumeUnderSurface.of(ranks, labels, 4, 8).roc());
        assertThat(surface.precisionRecall())
                .isEqualTo(VolumeUnderSurface.of(ranks, labels, 4, 8).precisionRecall());
    }

    @Test
    void aLongSeriesOfManyEventsIsNoTrouble() {
        RandomGenerator random = random();
        float[] scores = normals(random, 30_000);
        boolean[] labels = new boolean[scores.length];
        for (int start = 100; start + 50 < labels.length; start += 500) {
            Arrays.fill(labels, start, start + 50, true);
        }
        VolumeUnderSurface surface = VolumeUnderSurface.of(scores, labels);
        assertThat(surface.precisionRecall()).isBetween(0.05, 0.25);
        assertThat(surface.roc()).isBetween(0.5, 0.8); // soft labels lift chance above one half
    }

    @Test
    void argumentsAreChecked() {
        assertThatThrownBy(() -> VolumeUnderSurface.of(new float[2], new boolean[3]))
                .hasMessage("`scores` and `labels` must be of the same length (got 2 and 3)");
        assertThatThrownBy(() -> VolumeUnderSurface.of(new float[2], new boolean[2]))
                .hasMessage("`labels` must hold both true and false (got 0 true of 2)");
        assertThatThrownBy(() -> VolumeUnderSurface.of(new float[] {1, Float.NaN}, new boolean[] {true, false}))
                .hasMessage("`scores` must not hold NaN (got one at index 1)");
        assertThatThrownBy(() -> VolumeUnderSurface.of(new float[2], new boolean[] {true, false}, -1, 250))
                .hasMessage("`largestBuffer` must be at least 0 (got -1)");
        assertThatThrownBy(() -> VolumeUnderSurface.of(new float[2], new boolean[] {true, false}, 1, 1))
                .hasMessage("`thresholds` must be at least 2 (got 1)");
    }

    private static void assertAreas(VolumeUnderSurface surface, double... expected) {
        assertThat(surface.roc()).isCloseTo(expected[0], within(1e-12));
        assertThat(surface.precisionRecall()).isCloseTo(expected[1], within(1e-12));
    }

    /** The definition, one dense array per threshold: soft labels of all rows, then the two curves point by point. */
    private static double[] rangeAreaByDefinition(float[] scores, boolean[] labels, int buffer, int thresholds) {
        int length = scores.length;
        double[] soft = new double[length];
        boolean[] covered = new boolean[length];
        for (int i = 0; i < length; i++) {
            boolean starts = labels[i] && (i == 0 || !labels[i - 1]);
            boolean ends = labels[i] && (i == length - 1 || !labels[i + 1]);
            soft[i] += labels[i] ? 1 : 0;
            covered[i] |= labels[i];
            for (int j = 0; j < length; j++) {
                int distance = Math.abs(i - j);
                if (distance > 0 && distance <= buffer / 2 && ((starts && j < i) || (ends && j > i))) {
                    soft[j] += Math.sqrt(1.0 - (double) distance / buffer);
                    covered[j] = true;
                }
            }
        }
        // Buffers that touch without a gap stay two segments, unless they share a row.
        int[] segment = segments(labels, buffer / 2);
        int segments = Arrays.stream(segment).max().orElseThrow() + 1;
        float[] sorted = scores.clone();
        Arrays.sort(sorted);
        double anomalous = 0;
        for (int i = 0; i < length; i++) {
            soft[i] = Math.min(1, soft[i]);
            assertThat(covered[i]).isEqualTo(segment[i] >= 0);
            anomalous += labels[i] ? 1 : 0;
        }
        double[] recall = new double[thresholds + 2];
        double[] fallout = new double[thresholds + 2];
        double[] precision = new double[thresholds + 1];
        for (int k = 0; k < thresholds; k++) {
            int rank = (int) (k * ((length - 1) / (double) (thresholds - 1)));
            float threshold = k == thresholds - 1 ? sorted[0] : sorted[length - 1 - rank];
            double raised = 0;
            double hits = 0;
            double existingLabels = 0;
            boolean[] found = new boolean[segments];
            for (int i = 0; i < length; i++) {
                boolean isRaised = scores[i] >= threshold;
                raised += isRaised ? 1 : 0;
                hits += isRaised ? soft[i] : 0;
                existingLabels += labels[i] ? 1 : isRaised ? soft[i] : 0;
                if (isRaised && segment[i] >= 0) {
                    found[segment[i]] = true;
                }
            }
            int foundSegments = 0;
            for (boolean one : found) {
                foundSegments += one ? 1 : 0;
            }
            double positives = (anomalous + existingLabels) / 2;
            recall[k + 1] = Math.min(1, hits / positives) * ((double) foundSegments / segments);
            fallout[k + 1] = (raised - hits) / (length - positives);
            precision[k + 1] = hits / raised;
        }
        recall[thresholds + 1] = 1;
        fallout[thresholds + 1] = 1;
        double roc = 0;
        double precisionRecall = 0;
        for (int k = 1; k < recall.length; k++) {
            roc += (fallout[k] - fallout[k - 1]) * (recall[k] + recall[k - 1]) / 2;
            precisionRecall += k <= thresholds ? (recall[k] - recall[k - 1]) * precision[k] : 0;
        }
        return new double[] {roc, precisionRecall};
    }

    /** For each row the number of the buffered event that it is in, or −1. */
    private static int[] segments(boolean[] labels, int reach) {
        int[] segment = new int[labels.length];
        Arrays.fill(segment, -1);
        int number = -1;
        int lastRow = Integer.MIN_VALUE;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i]) {
                boolean continues = i > 0 && labels[i - 1];
                if (!continues && i - reach > lastRow) {
                    number++;
                }
                lastRow = i + reach;
                for (int j = Math.max(0, i - reach); j <= Math.min(labels.length - 1, i + reach); j++) {
                    segment[j] = segment[j] < 0 ? number : segment[j];
                }
            }
        }
        return segment;
    }
}
