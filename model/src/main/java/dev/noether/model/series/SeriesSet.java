package dev.noether.model.series;

import static java.util.Objects.requireNonNull;

import java.util.Objects;

/**
 * A set of time series, or of any other vectors, of equal length: {@code [count × length]} finite values. Immutable and
 * thread-safe.
 */
public final class SeriesSet {
    private final float[] values;
    private final int count;
    private final int length;

    private SeriesSet(float[] values, int count, int length) {
        this.values = values;
        this.count = count;
        this.length = length;
    }

    /**
     * A set of copies of the given rows.
     *
     * @param values row-major {@code [count × length]}; may be longer
     * @param count number of rows, at least 1
     * @param length values per row, at least 1
     * @throws IllegalArgumentException if a number is out of range, {@code values} is too short or a value is not
     *     finite
     */
    public static SeriesSet of(float[] values, int count, int length) {
        requireNonNull(values, "values");
        requireAtLeastOne("count", count);
        requireAtLeastOne("length", length);
        if (values.length < (long) count * length) {
            throw new IllegalArgumentException(
                    "`values` must hold %d × %d values (got %d)".formatted(count, length, values.length));
        }
        float[] copy = new float[count * length];
        System.arraycopy(values, 0, copy, 0, copy.length);
        for (int index = 0; index < copy.length; index++) {
            if (!Float.isFinite(copy[index])) {
                throw new IllegalArgumentException("`values` must be finite (got %s in row %d, column %d)"
                        .formatted(copy[index], index / length, index % length));
            }
        }
        return new SeriesSet(copy, count, length);
    }

    /** Number of rows. */
    public int count() {
        return count;
    }

    /** Values per row. */
    public int length() {
        return length;
    }

    /** One value. */
    public float value(int row, int column) {
        Objects.checkIndex(column, length);
        return values[Objects.checkIndex(row, count) * length + column];
    }

    /** A copy of all values, row-major {@code [count × length]}. */
    public float[] values() {
        return values.clone();
    }

    /** Copies a row into {@code target[0 .. length)}. */
    public void copyRow(int row, double[] target) {
        int offset = Objects.checkIndex(row, count) * length;
        for (int column = 0; column < length; column++) {
            target[column] = values[offset + column];
        }
    }

    /** A copy of a row, {@code [length]}. */
    public double[] row(int row) {
        double[] copy = new double[length];
        copyRow(row, copy);
        return copy;
    }

    /**
     * The rows of the given indices, in that order.
     *
     * @param rows at least one index, each in [0, {@link #count()})
     */
    public SeriesSet select(int... rows) {
        requireAtLeastOne("number of rows", rows.length);
        float[] selected = new float[rows.length * length];
        for (int index = 0; index < rows.length; index++) {
            System.arraycopy(values, Objects.checkIndex(rows[index], count) * length, selected, index * length, length);
        }
        return new SeriesSet(selected, rows.length, length);
    }

    private static void requireAtLeastOne(String name, int value) {
        if (!(value >= 1)) {
            throw new IllegalArgumentException("`%s` must be at least 1 (got %d)".formatted(name, value));
        }
    }
}
