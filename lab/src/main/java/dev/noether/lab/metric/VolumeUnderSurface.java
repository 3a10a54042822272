package dev.noether.lab.metric;

import java.util.Arrays;

/**
 * The volume under the surface of the range-based curves over the buffer length: VUS-ROC and VUS-PR of Paparrizos et
 * al., "Volume Under the Surface: A New Accuracy Evaluation Measure for Time-Series Anomaly Detection" (VLDB 2022), in
 * the discretisation of the reference implementation of the TSB-AD benchmark. The numbers agree with it.
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
    /** The largest buffer of TSB-AD's evaluation without an estimate by {@link DominantPeriod}, in rows. */
    public static final int DEFAULT_LARGEST_BUFFER = 100;

    /** The number of thresholds of TSB-AD's evaluation. */
    public static final int DEFAULT_THRESHOLDS = 250;

    private final RangeArea[] areas;

    private VolumeUnderSurface(RangeArea[] areas) {
        this.areas = areas;
    }

    /**
     * Computes the volume with the settings of TSB-AD's evaluation: buffers up to 100 rows, 250 thresholds.
     *
     * @param scores scores, {@code [n]}; a higher score is more anomalous
     * @param labels labels, {@code [n]}; true is anomalous
     * @throws IllegalArgumentException if the lengths differ, a score is NaN, or one of the two classes is missing
     */
    public static VolumeUnderSurface of(float[] scores, boolean[] labels) {
        return of(scores, labels, DEFAULT_LARGEST_BUFFER, DEFAULT_THRESHOLDS);
    }

    /**
     * Computes the volume.
     *
     * @param scores scores, {@code [n]}; a higher score is more anomalous
     * @param labels labels, {@code [n]}; true is anomalous
     * @param largestBuffer length of the longest buffer in rows, at least 0
     * @param thresholds number of thresholds, at least 2; if it exceeds the number of rows some are equal
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
        ThresholdSweep sweep =
                new ThresholdSweep(scores, labels, ScoreChecks.countAnomalous(scores, labels), thresholds);
        RangeArea[] areas = new RangeArea[largestBuffer + 1];
        for (int buffer = 0; buffer <= largestBuffer; buffer++) {
            areas[buffer] = sweep.area(buffer);
        }
        return new VolumeUnderSurface(areas);
    }

    /** Returns VUS-ROC. */
    public double roc() {
        return Arrays.stream(areas).mapToDouble(RangeArea::roc).sum() / areas.length;
    }

    /** Returns VUS-PR. */
    public double precisionRecall() {
        return Arrays.stream(areas).mapToDouble(RangeArea::precisionRecall).sum() / areas.length;
    }

    /**
     * Returns Range-AUC: the slice of the surface at one buffer.
     *
     * @param buffer length in rows, in [0, the largest buffer]
     * @throws IndexOutOfBoundsException if the length is out of range
     */
    public RangeArea rangeArea(int buffer) {
        return areas[buffer];
    }
}
