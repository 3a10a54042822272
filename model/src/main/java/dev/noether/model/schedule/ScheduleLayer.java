package dev.noether.model.schedule;

import java.util.Arrays;

/**
 * What recurs with one period. The period is divided into bins of equal length. An entry is a bin, a feature, and the
 * range of the feature's deviations from its level that recurs there, with the narrower range of their means while a job
 * runs. Both ends above 0: the deviation always comes.
 * One end is 0: it comes at some of the repeats, as at the edges of a job that does not always last as long.
 *
 * <p>Sparse: bins without an entry take no space here. Immutable if the arrays are not modified; thread safe.
 *
 * @param periodMillis length of the period, milliseconds
 * @param bins number of bins, in [1, {@value #MOST_BINS}]
 * @param bin bin of each entry, ascending
 * @param feature feature of each entry, ascending within a bin
 * @param low lower end of each range, in the feature's own unit
 * @param high upper end of each range, at least the lower one
 * @param usualLow lower end of the means, within the range
 * @param usualHigh upper end of the means, within the range
 */
public record ScheduleLayer(
        long periodMillis,
        int bins,
        int[] bin,
        int[] feature,
        float[] low,
        float[] high,
        float[] usualLow,
        float[] usualHigh) {
    /** Largest number of bins of a period. */
    public static final int MOST_BINS = 1 << 16;

    /** Largest number of entries. */
    public static final int MOST_ENTRIES = 1 << 18;

    private static final long LONGEST_PERIOD = 366L * 24 * 3_600_000;

    /** Checks the parts. */
    public ScheduleLayer {
        if (periodMillis < 1 || periodMillis > LONGEST_PERIOD) {
            throw new IllegalArgumentException(
                    "`periodMillis` must be in [1, " + LONGEST_PERIOD + "] (got " + periodMillis + ")");
        }
        if (bins < 1 || bins > MOST_BINS) {
            throw new IllegalArgumentException("`bins` must be in [1, " + MOST_BINS + "] (got " + bins + ")");
        }
        int entries = bin.length;
        if (entries > MOST_ENTRIES
                || feature.length != entries
                || low.length != entries
                || high.length != entries
                || usualLow.length != entries
                || usualHigh.length != entries) {
            throw new IllegalArgumentException("a layer must have at most " + MOST_ENTRIES
                    + " entries, each with a feature and a range (got " + entries + " bins, " + feature.length
                    + " features and " + low.length + " ranges)");
        }
        for (int i = 0; i < entries; i++) {
            requireEntry(i, bins, bin, feature);
            boolean isOrdered = low[i] <= usualLow[i] && usualLow[i] <= usualHigh[i] && usualHigh[i] <= high[i];
            if (!isOrdered || !Float.isFinite(low[i]) || !Float.isFinite(high[i])) {
                throw new IllegalArgumentException("the ranges of entry " + i + " must be finite (got " + low[i]
                        + " to " + high[i] + ", usually " + usualLow[i] + " to " + usualHigh[i] + ")");
            }
        }
    }

    private static void requireEntry(int i, int bins, int[] bin, int[] feature) {
        boolean isInOrder = i == 0 || bin[i - 1] < bin[i] || (bin[i - 1] == bin[i] && feature[i - 1] < feature[i]);
        if (!isInOrder || bin[i] < 0 || bin[i] >= bins || feature[i] < 0) {
            throw new IllegalArgumentException("entry " + i + " must follow the one before it, in one of " + bins
                    + " bins (got bin " + bin[i] + " and feature " + feature[i] + ")");
        }
    }

    void requireFeatures(int features) {
        for (int index : feature) {
            if (index >= features) {
                throw new IllegalArgumentException(
                        "a schedule must be about the " + features + " features (got number " + index + ")");
            }
        }
    }

    /** The number of entries. */
    public int entries() {
        return bin.length;
    }

    /** The bin of a local time, milliseconds. */
    public int binAt(long local) {
        return binAt(local, periodMillis, bins);
    }

    static int binAt(long local, long periodMillis, int bins) {
        return (int) (Math.floorMod(local, periodMillis) * bins / periodMillis);
    }

    /** For each bin, and one past the last, the index of the first entry at or after it. */
    int[] firstEntries() {
        int[] first = new int[bins + 1];
        int entry = 0;
        for (int b = 0; b <= bins; b++) {
            while (entry < bin.length && bin[entry] < b) {
                entry++;
            }
            first[b] = entry;
        }
        return first;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScheduleLayer that
                && periodMillis == that.periodMillis
                && bins == that.bins
                && Arrays.equals(bin, that.bin)
                && Arrays.equals(feature, that.feature)
                && Arrays.equals(low, that.low)
                && Arrays.equals(high, that.high)
                && Arrays.equals(usualLow, that.usualLow)
                && Arrays.equals(usualHigh, that.usualHigh);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(periodMillis) + Arrays.hashCode(bin)) + Arrays.hashCode(high);
    }
}
