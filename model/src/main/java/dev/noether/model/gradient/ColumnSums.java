package dev.noether.model.gradient;

/**
 * Sums the columns of a matrix by halves: it adds the lower half of the rows to the upper half until one row is left.
 *
 * <p>These are long loops from the start of an array, which become vector instructions; a loop for each row, at an
 * offset, does not. It is a pairwise summation, whose rounding error grows with the logarithm of the number of rows.
 * Not thread-safe.
 */
final class ColumnSums {
    private final float[] sums;
    private final float[] addends;

    /** Sums for matrices of at most {@code capacity} values. */
    ColumnSums(int capacity) {
        this.sums = new float[capacity];
        this.addends = new float[capacity];
    }

    /**
     * Sums the columns of a matrix.
     *
     * @param matrix {@code [rows, width]}, at least one row; not changed
     * @return the sums in the first {@code width} places, overwritten by the next call
     */
    float[] of(float[] matrix, int rows, int width) {
        float[] source = matrix;
        int left = rows;
        do {
            int upper = (left + 1) / 2;
            if (source != sums) {
                System.arraycopy(source, 0, sums, 0, upper * width);
            }
            int lower = (left - upper) * width;
            System.arraycopy(source, upper * width, addends, 0, lower);
            add(sums, addends, lower);
            source = sums;
            left = upper;
        } while (left > 1);
        return sums;
    }

    private static void add(float[] sums, float[] addends, int count) {
        for (int index = 0; index < count; index++) {
            sums[index] += addends[index];
        }
    }
}
