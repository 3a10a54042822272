package dev.noether.lab.metric;

import java.util.Arrays;
import java.util.List;

/**
 * All thresholds at once. A row enters at one threshold, counted from the highest, and stays raised from there on;
 * so that what is raised at each threshold is a running sum over the rows by their entry, and a segment is found
 * from the earliest entry among its rows on. Only soft labels change with the buffer.
 */
final class ThresholdSweep {
    private final int rows;
    private final int anomalous;
    private final List<LabelledEvent> events;
    private final boolean[] labels;
    private final int[] entries;
    private final long[] raised;
    private final long[] raisedAnomalous;
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
        this.raised = new long[thresholds];
        this.raisedAnomalous = new long[thresholds];
        for (int i = 0; i < rows; i++) {
            raised[entries[i]]++;
            raisedAnomalous[entries[i]] += labels[i] ? 1 : 0;
        }
        for (int k = 1; k < thresholds; k++) {
            raised[k] += raised[k - 1];
            raisedAnomalous[k] += raisedAnomalous[k - 1];
        }
        this.eventEntries = events.stream()
                .mapToInt(event -> earliestEntry(event.start(), event.end()))
                .toArray();
        this.softLabels = new double[rows];
        this.entering = new double[thresholds];
        this.segmentsEntering = new int[thresholds];
    }

    /** For each row the first of the falling thresholds that it reaches. */
    private static int[] entries(float[] scores, int thresholds) {
        float[] ascending = scores.clone();
        for (int i = 0; i < ascending.length; i++) {
            ascending[i] += 0.0f; // -0.0 becomes 0.0: the two zeros tie, but sort apart
        }
        Arrays.sort(ascending);
        float[] falling = new float[thresholds];
        double step = (ascending.length - 1) / (double) (thresholds - 1);
        for (int k = 0; k < thresholds; k++) {
            // The last one exactly: the product may round to just below the whole number.
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
        int found = 0;
        for (int k = 0; k < entering.length; k++) {
            soft += entering[k];
            found += segmentsEntering[k];
            double hits = raisedAnomalous[k] + soft;
            double positives = anomalous + soft / 2;
            double recall = Math.min(hits / positives, 1) * found / segments;
            double fallout = (raised[k] - hits) / (rows - positives);
            areaRoc += (fallout - falloutBefore) * (recall + recallBefore) / 2;
            areaPrecisionRecall += (recall - recallBefore) * hits / raised[k];
            recallBefore = recall;
            falloutBefore = fallout;
        }
        areaRoc += (1 - falloutBefore) * (1 + recallBefore) / 2;
        return new RangeArea(areaRoc, areaPrecisionRecall);
    }

    /** Sums the soft labels by the threshold at which their row enters. */
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
                takeSoftLabel(event.start() - distance);
                takeSoftLabel(event.end() - 1 + distance);
            }
        }
    }

    private void addSoftLabel(int row, double soft) {
        if (row >= 0 && row < rows && !labels[row]) {
            softLabels[row] += soft;
        }
    }

    /** Books the row's soft label and clears it, so that a row in two buffers is booked once. */
    private void takeSoftLabel(int row) {
        if (row >= 0 && row < rows && softLabels[row] > 0) {
            entering[entries[row]] += Math.min(softLabels[row], 1);
            softLabels[row] = 0;
        }
    }

    /** Counts the buffered events by the threshold at which they are found; returns how many there are. */
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
