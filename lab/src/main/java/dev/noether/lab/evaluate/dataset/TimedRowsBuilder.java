package dev.noether.lab.evaluate.dataset;

import java.util.Arrays;

/**
 * Gathers rows and brings them into the form that every detector takes: time rises, and a missing value is the
 * feature's last one. This detector also gets the rows as they were observed. Not thread-safe.
 */
final class TimedRowsBuilder {
    private final int width;
    private double[] values = new double[4096];
    private long[] times = new long[512];
    private int count;

    TimedRowsBuilder(int width) {
        this.width = width;
    }

    /**
     * Adds a row.
     *
     * @param time milliseconds since 1970 UTC; one that does not rise (a clock set back) counts as a millisecond later
     *     than the row before
     * @param row {@code [width]}, NaN where missing; copied
     */
    void add(long time, double[] row) {
        if (count == times.length) {
            times = Arrays.copyOf(times, 2 * count);
        }
        if ((count + 1) * width > values.length) {
            values = Arrays.copyOf(values, Math.max(2 * values.length, Math.multiplyExact(count + 1, width)));
        }
        times[count] = count > 0 && time <= times[count - 1] ? times[count - 1] + 1 : time;
        System.arraycopy(row, 0, values, count * width, width);
        count++;
    }

    /** The rows, with what was missing held at the value before it, and at 0 where there is none. */
    TimedRows build() {
        return TimedRows.observed(Arrays.copyOf(times, count), Arrays.copyOf(values, count * width), width);
    }
}
