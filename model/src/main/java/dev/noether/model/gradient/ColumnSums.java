package dev.noether.model.gradient;

/**
 * Adds up the rows of a matrix by halves: the lower half is added to the upper until one row is left. That is long loops over
 * arrays read from their beginning, which become vector instructions (a loop for each row, at an offset, does not), and
 * pairwise summation, whose rounding error grows with the logarithm of the rows. Not thread-safe.
 */
final class ColumnSums {
    private final float[] sums;
    private final float[] addends;

    /** With room for matrices of so many values. */
    ColumnSums(int capacity) {
        this.sums = new float[capacity];
        this.addends = new float[capacity];
    }

    /**
     * Sums a matrix.
     *
     * @param matrix {@code [rows, width]}, left as it is
     * @return the sums in the first {@code width} places, overwritten by the next call
     */
    float[] of(float[] matrix, int rows, int width) {
        float[] source = matrix;
        int left = rows;
        do {
            int kept = (left + 1) / 2;
            if (source != sums) {
                System.arraycopy(source, 0, sums, 0, kept * width);
            }
            int added = (left - kept) * width;
            System.arraycopy(source, kept * width, addends, 0, added);
            add(sums, addends, added);
            source = sums;
            left = kept;
        } while (left > 1);
        return sums;
    }

    private static void add(float[] sums, float[] addends, int count) {
        for (int index = 0; index < count; index++) {
            sums[index] += addends[index];
        }
    }
}
