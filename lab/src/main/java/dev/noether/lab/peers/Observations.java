package dev.noether.lab.peers;

/**
 * Rows of features, in the order of time where there is one. Immutable as long as nobody writes to the array it was
 * made from, which is not copied.
 */
public final class Observations {
    private final float[] values;
    private final int width;

    /**
     * Wraps an array.
     *
     * @param values {@code [length × width]} row by row, finite
     * @param width features per row, at least 1
     * @throws IllegalArgumentException if there is no row, the last one is not whole, or a value is not finite
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

    /** Number of rows. */
    public int length() {
        return values.length / width;
    }

    /** Features per row. */
    public int width() {
        return width;
    }

    /** One value. */
    public float value(int row, int feature) {
        return values[row * width + feature];
    }
}
