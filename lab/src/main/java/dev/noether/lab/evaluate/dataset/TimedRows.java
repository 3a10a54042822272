package dev.noether.lab.evaluate.dataset;

import java.util.Arrays;

/**
 * Rows of features in the order of time. The arrays are handed out as they are: treat them as read-only.
 *
 * @param times {@code [length]}, strictly rising, milliseconds since 1970 UTC
 * @param values {@code [length × width]}, row by row, finite, in single precision for the peers; a missing value is
 *     the one before it
 * @param observed the values as they were observed: NaN where one is missing
 * @param width features in a row, at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TimedRows(long[] times, float[] values, double[] observed, int width) {
    /**
     * Checks the lengths.
     *
     * @throws IllegalArgumentException if they do not fit together
     */
    public TimedRows {
        if (width < 1) {
            throw new IllegalArgumentException("`width` must be at least 1 (got " + width + ")");
        }
        if (observed.length != values.length) {
            throw new IllegalArgumentException("`observed` must have as many values as `values`, " + values.length
                    + " (got " + observed.length + ")");
        }
        if (values.length != Math.multiplyExact(times.length, width)) {
            throw new IllegalArgumentException(
                    "`values` must hold " + times.length + " rows of " + width + " (got " + values.length + " values)");
        }
    }

    /** Rows without missing values. */
    public TimedRows(long[] times, float[] values, int width) {
        this(times, values, doubles(values), width);
    }

    private static double[] doubles(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    /**
     * Rows as they were observed: what is missing is held at the value before it, and at 0 where there is none.
     *
     * @param observed {@code [length × width]}, NaN where a value is missing
     */
    public static TimedRows observed(long[] times, double[] observed, int width) {
        float[] filled = new float[observed.length];
        for (int i = 0; i < filled.length; i++) {
            filled[i] = (float) observed[i];
            if (Double.isNaN(observed[i])) {
                filled[i] = i < width ? 0 : filled[i - width];
            }
        }
        return new TimedRows(times, filled, observed, width);
    }

    /** Number of rows. */
    public int length() {
        return times.length;
    }

    /** The values of one feature, {@code [length]}. */
    public float[] column(int feature) {
        float[] column = new float[length()];
        for (int i = 0; i < column.length; i++) {
            column[i] = values[i * width + feature];
        }
        return column;
    }

    /** Rows {@code [start, end)}, copied. */
    TimedRows slice(int start, int end) {
        return new TimedRows(
                Arrays.copyOfRange(times, start, end),
                Arrays.copyOfRange(values, start * width, end * width),
                Arrays.copyOfRange(observed, start * width, end * width),
                width);
    }
}
