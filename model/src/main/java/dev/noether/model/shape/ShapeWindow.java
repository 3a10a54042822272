package dev.noether.model.shape;

/**
 * The geometry of a window: how many rows it has, and how they become values. Each value is the mean of {@code factor}
 * consecutive rows.
 *
 * @param factor rows of a value, at least 1
 * @param width values of a window, at least 2
 * @param isStandardised whether each window is shifted to mean 0 and divided by its own deviation
 */
public record ShapeWindow(int factor, int width, boolean isStandardised) {
    /** The most values of a window. */
    public static final int MOST_VALUES = 64;

    /** The fewest rows of a window. */
    public static final int SHORTEST = 16;

    /** The most rows of a window. */
    public static final int LONGEST = 512;

    /** Added to variances, in units of the signal's variance, so that a flat window does not become noise. */
    private static final double LEAST_VARIANCE = 0.01;

    /** Checks the numbers. */
    public ShapeWindow {
        if (factor < 1 || width < 2 || width > MOST_VALUES || (long) factor * width > LONGEST) {
            throw new IllegalArgumentException(
                    "a window must have 2 to " + MOST_VALUES + " values of at least 1 row, at" + " most " + LONGEST
                            + " rows (got " + width + " of " + factor + ")");
        }
    }

    /** Returns the window of about this many rows; at most {@value #MOST_VALUES} values. */
    public static ShapeWindow ofRows(int rows, boolean isStandardised) {
        int factor = (rows + MOST_VALUES - 1) / MOST_VALUES;
        return new ShapeWindow(factor, (rows + factor - 1) / factor, isStandardised);
    }

    /** The number of rows of a window. */
    public int rows() {
        return factor * width;
    }

    /**
     * Computes the values of the window that ends before an index.
     *
     * @param signal scaled values of consecutive rows
     * @param end index behind the newest row, at least {@link #rows}
     * @param target receives {@link #width} values
     * @param offset index of the first value in {@code target}
     * @return the factor by which a standardised window was multiplied; 1 if windows are not standardised
     */
    public float cut(float[] signal, int end, float[] target, int offset) {
        int row = end - rows();
        for (int i = 0; i < width; i++) {
            float sum = 0;
            for (int j = 0; j < factor; j++) {
                sum += signal[row++];
            }
            target[offset + i] = sum / factor;
        }
        return isStandardised ? standardise(target, offset) : 1;
    }

    private float standardise(float[] values, int offset) {
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += values[offset + i];
        }
        double mean = sum / width;
        double squares = 0;
        for (int i = 0; i < width; i++) {
            double deviation = values[offset + i] - mean;
            squares += deviation * deviation;
        }
        double deviation = Math.sqrt(squares / width + LEAST_VARIANCE);
        for (int i = 0; i < width; i++) {
            values[offset + i] = (float) ((values[offset + i] - mean) / deviation);
        }
        return (float) (1 / deviation);
    }
}
