package dev.noether.lab.metric;

import java.util.Arrays;
import java.util.List;

/**
 * The evaluation of all thresholds in one pass. A row enters at the first of the falling thresholds that it reaches,
 * and is flagged at all further ones. So the number of flagged rows is a running sum over the entries, and a segment is
 * found from the earliest entry of its rows on. Only the soft labels depend on the buffer.
 */
final class ThresholdSweep {
    private final int rows;
    private final int anomalous;
    private final List<LabelledEvent> events;
    private final boolean[] labels;
    private final int[] entries;
    private final long[] flagged;
    private final long[] flaggedAnomalous;
    private final int[] eventEntries;

    private final double[] softLabels;
    private final double[] entering;
    private final int[] segmentsEntering;

    ThresholdSweep(float[] scores, boolean[] labels, int anomalous, int thresholds) {
        this.rows = scores.length;
        this.anomalous = anomalous;
        this.events = LabelledEvent.of(labels);
        this.labels = labels;
        this.entries = entries(scores, thresholds);
        this.flagged = new long[thresholds];
        this.flaggedAnomalous = new long[thresholds];
        for (int i = 0; i < rows; i++) {
            flagged[entries[i]]++;
            flaggedAnomalous[entries[i]] += labels[i] ? 1 : 0;
        }
        for (int k = 1; k < thresholds; k++) {
            flagged[k] += flagged[k - 1];
            flaggedAnomalous[k] += flaggedAnomalous[k - 1];
        }
        this.eventEntries = events.stream()
                .mapToInt(event -> earliestEntry(event.start(), event.end()))
                .toArray();
        this.softLabels = new double[rows];
        this.entering = new double[thresholds];
        this.segmentsEntering = new int[thresholds];
    }

    /** Returns the first of the falling thresholds that each row reaches. */
    private static int[] entries(float[] scores, int thresholds) {
        float[] ascending = scores.clone();
        for (int i = 0; i < ascending.length; i++) {
            ascending[i] += 0.0f; // -0.0 becomes 0.0: the two zeros tie, but sort apart
        }
        Arrays.sort(ascending);
        float[] falling = new float[thresholds];
        double step = (ascending.length - 1) / (double) (thresholds - 1);
        for (int k = 0; k < thresholds; k++) {
            // The last rank is set exactly, since the product may be rounded below the integer.
            int rank = k == thresholds - 1 ? ascending.length - 1 : (int) (k * step);
            falling[k] = ascending[ascending.length - 1 - rank];
        }
        int[] entries = new int[scores.length];
        for (int i = 0; i < scores.length; i++) {
            entries[i] = firstReached(falling, scores[i]);
        }
        return entries;
    }

    private static int firstReached(float[] falling, float score) {
        int low = 0;
        int high = falling.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (score >= falling[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    RangeArea area(int buffer) {
        int reach = buffer / 2;
        enterSoftLabels(buffer, reach);
        int segments = enterSegments(reach);
        double areaRoc = 0;
        double areaPrecisionRecall = 0;
        double recallBefore = 0;
        double falloutBefore = 0;
        double soft = 0;
        int foundSegments = 0;
        for (int k = 0; k < entering.length; k++) {
            soft += entering[k];
            foundSegments += segmentsEntering[k];
            double hits = flaggedAnomalous[k] + soft;
            double positives = anomalous + soft / 2;
            double recall = Math.min(hits / positives, 1) * foundSegments / segments;
            double fallout = (flagged[k] - hits) / (rows - positives);
            areaRoc += (fallout - falloutBefore) * (recall + recallBefore) / 2;
            areaPrecisionRecall += (recall - recallBefore) * hits / flagged[k];
            recallBefore = recall;
            falloutBefore = fallout;
        }
        areaRoc += (1 - falloutBefore) * (1 + recallBefore) / 2;
        return new RangeArea(areaRoc, areaPrecisionRecall);
    }

    /** Sums the soft labels by the entry of their row. */
    private void enterSoftLabels(int buffer, int reach) {
        Arrays.fill(entering, 0);
        for (LabelledEvent event : events) {
            for (int distance = 1; distance <= reach; distance++) {
                double soft = Math.sqrt(1 - distance / (double) buffer);
                addSoftLabel(event.start() - distance, soft);
                addSoftLabel(event.end() - 1 + distance, soft);
            }
        }
        for (LabelledEvent event : events) {
            for (int distance = 1; distance <= reach; distance++) {
                sumSoftLabel(event.start() - distance);
                sumSoftLabel(event.end() - 1 + distance);
            }
        }
    }

    private void addSoftLabel(int row, double soft) {
        if (row >= 0 && row < rows && !labels[row]) {
            softLabels[row] += soft;
        }
    }

    /** Adds the soft label of a row to the sum of its entry and clears it, so that a row in two buffers counts once. */
    private void sumSoftLabel(int row) {
        if (row >= 0 && row < rows && softLabels[row] > 0) {
            entering[entries[row]] += Math.min(softLabels[row], 1);
            softLabels[row] = 0;
        }
    }

    /** Counts the buffered events by the entry at which they are found; returns their number. */
    private int enterSegments(int reach) {
        Arrays.fill(segmentsEntering, 0);
        int segments = 0;
        int earliest = Integer.MAX_VALUE;
        for (int i = 0; i < events.size(); i++) {
            LabelledEvent event = events.get(i);
            earliest = Math.min(earliest, eventEntries[i]);
            earliest = Math.min(earliest, earliestEntry(event.start() - reach, event.start()));
            earliest = Math.min(earliest, earliestEntry(event.end(), event.end() + reach));
            boolean meetsNext = i + 1 < events.size()
                    && event.end() - 1 + reach >= events.get(i + 1).start() - reach;
            if (!meetsNext) {
                segmentsEntering[earliest]++;
                segments++;
                earliest = Integer.MAX_VALUE;
            }
        }
        return segments;
    }

    private int earliestEntry(int start, int end) {
        int earliest = Integer.MAX_VALUE;
        for (int i = Math.max(start, 0); i < Math.min(end, rows); i++) {
            earliest = Math.min(earliest, entries[i]);
        }
        return earliest;
    }
}
