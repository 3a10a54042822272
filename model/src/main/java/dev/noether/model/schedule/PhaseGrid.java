package dev.noether.model.schedule;

import java.util.Arrays;

/**
 * The cells of a series by their phase in a period and by their repeat of it. Repeats are numbered from 0. They are
 * dealt out to {@link #groups} groups, so that what was learned from the other groups can be tested on each.
 */
final class PhaseGrid {
    private static final int MOST_GROUPS = 5;
    private static final int NONE = -1;

    private final long periodMillis;
    private final int bins;
    private final int repeats;
    private final int[] bin;
    private final int[] repeat;
    private final int[] cellAt;

    /** Lays the cells of a series out. */
    PhaseGrid(CellSeries series, long periodMillis, LocalClock clock) {
        this.periodMillis = periodMillis;
        this.bins = bins(periodMillis, series.gridMillis());
        int cells = series.cells();
        bin = new int[cells];
        repeat = new int[cells];
        long first = Math.floorDiv(clock.local(series.time(0)), periodMillis);
        int last = 0;
        for (int c = 0; c < cells; c++) {
            long local = clock.local(series.time(c));
            bin[c] = ScheduleLayer.binAt(local, periodMillis, bins);
            repeat[c] = (int) Math.max(0, Math.floorDiv(local, periodMillis) - first);
            last = Math.max(last, repeat[c]);
        }
        repeats = last + 1;
        cellAt = new int[repeats * bins];
        Arrays.fill(cellAt, NONE);
        for (int c = 0; c < cells; c++) {
            cellAt[repeat[c] * bins + bin[c]] = c;
        }
    }

    /** The number of bins of a period on a grid. */
    static int bins(long periodMillis, long gridMillis) {
        return (int) Math.max(1, Math.min(ScheduleLayer.MOST_BINS, Math.round((double) periodMillis / gridMillis)));
    }

    long periodMillis() {
        return periodMillis;
    }

    int bins() {
        return bins;
    }

    int repeats() {
        return repeats;
    }

    int groups() {
        return Math.min(MOST_GROUPS, repeats);
    }

    int groupOf(int ofRepeat) {
        return ofRepeat % groups();
    }

    int bin(int cell) {
        return bin[cell];
    }

    int repeat(int cell) {
        return repeat[cell];
    }

    /** The cell of a bin of a repeat, −1 if there is none. A bin past the period is one of the next repeat. */
    int cellAt(int ofRepeat, int ofBin) {
        long index = (long) ofRepeat * bins + ofBin;
        return index < 0 || index >= cellAt.length ? NONE : cellAt[(int) index];
    }
}
