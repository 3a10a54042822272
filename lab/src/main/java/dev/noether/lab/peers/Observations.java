package dev.noether.lab.peers;

/**
 * Rows of features; rows of a stream are in the order of time. Immutable if nobody writes to the array that was passed
 * to the constructor, since it is not copied.
 */
public final class Observations {
    private final float[] values;
    private final int width;

    /**
     * Wraps an array.
     *
     * @param values finite values, {@code [length × width]}, row by row
     * @param width number of features, at least 1
     * @throws IllegalArgumentException if there is no row, the last row is incomplete, or a value is not finite
     */
    public Observations(float[] values, int width) {
        if (width < 1) {
            throw new IllegalArgumentException("`width` must be at least 1 (got " + width + ")");
        }
        if (values.length == 0 || values.length % width != 0) {
            throw new IllegalArgumentException(
                    "`values` must hold whole rows of " + width + ", at least one (got " + values.length + " values)");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException("`values` must be finite (got " + values[i] + " in row " + i / width
                        + ", column " + i % width + ")");
            }
        }
        this.values = values;
        this.width = width;
    }

    /** Returns the number of rows. */
    public int length() {
        return values.length / width;
    }

    /** Returns the number of features. */
    public int width() {
        return width;
    }

    /** Returns a copy of the values of one feature, {@code [length]}. */
    public float[] column(int feature) {
        float[] column = new float[length()];
        for (int i = 0; i < column.length; i++) {
            column[i] = value(i, feature);
        }
        return column;
    }

    /** Returns the value of a feature in a row. */
    public float value(int row, int feature) {
        return values[row * width + feature];
    }
}
