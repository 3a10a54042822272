package dev.noether.lab.metric;

import java.util.Arrays;
import java.util.List;

/**
 * The volume under the surface that the range-based curves span over the buffer length: VUS-ROC and VUS-PR of
 * Paparrizos et al., "Volume Under the Surface: A New Accuracy Evaluation Measure for Time-Series Anomaly Detection"
 * (VLDB 2022), in the discretisation of the TSB-AD benchmark's reference implementation, which it reproduces.
 *
 * <p>For a buffer of length ℓ a row at distance d ≤ ⌊ℓ/2⌋ before or behind an event gets the soft label √(1 − d/ℓ);
 * soft labels of several events add up to at most 1, rows of events have 1. With the rows of score ≥ threshold raised,
 * and with P anomalous rows among n,
 *
 * <ul>
 *   <li>TP is the sum of the labels of raised rows, and P̄ = (P + P + soft labels of raised rows) / 2;
 *   <li>the existence ratio is the share of buffered events (merged where their buffers meet) that hold a raised row;
 *   <li>recall = min(TP / P̄, 1) × existence ratio, fall-out = (raised − TP) / (n − P̄), precision = TP / raised.
 * </ul>
 *
 * <p>The thresholds are score quantiles, evenly spaced over the sorted scores. The area is a trapezoid sum for ROC,
 * closed at (1, 1), and step-wise for precision and recall, not closed. A volume is the mean area over all buffers from
 * 0 up to the largest. Range-AUC is the area for one of them.
 *
 * <p>Only the order of the scores counts; they may be infinite. Cost: O(n log n) for sorting, then per buffer only the
 * soft-labelled rows are visited. Immutable and thread-safe.
 */
public final class VolumeUnderSurface {
    /** The largest buffer of TSB-AD's evaluation where none is estimated by {@link DominantPeriod}, in rows. */
    public static final int DEFAULT_LARGEST_BUFFER = 100;

    /** The number of thresholds of TSB-AD's evaluation. */
    public static final int DEFAULT_THRESHOLDS = 250;

    private final RangeArea[] areas;

    private VolumeUnderSurface(RangeArea[] areas) {
        this.areas = areas;
    }

    /**
     * The volume with the settings of TSB-AD's evaluation: buffers up to 100 rows, 250 thresholds.
     *
     * @param scores {@code [n]}, higher is stranger
     * @param labels {@code [n]}, true is anomalous
     * @throws IllegalArgumentException if the lengths differ, a score is NaN, or one of the two classes is missing
     */
    public static VolumeUnderSurface of(float[] scores, boolean[] labels) {
        return of(scores, labels, DEFAULT_LARGEST_BUFFER, DEFAULT_THRESHOLDS);
    }

    /**
     * The volume with settings of one's own.
     *
     * @param scores {@code [n]}, higher is stranger
     * @param labels {@code [n]}, true is anomalous
     * @param largestBuffer length of the longest buffer in rows, at least 0
     * @param thresholds number of thresholds, at least 2; more than rows makes some the same
     * @throws IllegalArgumentException if a number is out of range, the lengths differ, a score is NaN, or one of the
     *     two classes is missing
     */
    public static VolumeUnderSurface of(float[] scores, boolean[] labels, int largestBuffer, int thresholds) {
        if (largestBuffer < 0) {
            throw new IllegalArgumentException("`largestBuffer` must be at least 0 (got " + largestBuffer + ")");
        }
        if (thresholds < 2) {
            throw new IllegalArgumentException("`thresholds` must be at least 2 (got " + thresholds + ")");
        }
        Sweep sweep = new Sweep(scores, labels, ScoreChecks.countAnomalous(scores, labels), thresholds);
        RangeArea[] areas = new RangeArea[largestBuffer + 1];
        for (int buffer = 0; buffer <= largestBuffer; buffer++) {
            areas[buffer] = sweep.area(buffer);
        }
        return new VolumeUnderSurface(areas);
    }

    /** VUS-ROC. */
    public double roc() {
        return Arrays.stream(areas).mapToDouble(RangeArea::roc).sum() / areas.length;
    }

    /** VUS-PR. */
    public double precisionRecall() {
        return Arrays.stream(areas).mapToDouble(RangeArea::precisionRecall).sum() / areas.length;
    }

    /**
     * Range-AUC: the surface's slice at one buffer.
     *
     * @param buffer length in rows, in [0, the largest buffer]
     * @throws IndexOutOfBoundsException if it is not
     */
    public RangeArea rangeArea(int buffer) {
        return areas[buffer];
    }

    /**
     * All thresholds at once. A row enters at one threshold, counted from the highest, and stays raised from there on;
     * so that what is raised at each threshold is a running sum over the rows by their entry, and a segment is found
     * from the earliest entry among its rows on. Only soft labels change with the buffer.
     */
    private static final class Sweep {
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

        Sweep(float[] scores, boolean[] labels, int anomalous, int thresholds) {
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
}
