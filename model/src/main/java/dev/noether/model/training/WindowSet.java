package dev.noether.model.training;

/**
 * Scaled windows of a history.
 *
 * @param windows values, row-major {@code [count, windowRows × features]}
 * @param entity for each window, the position of its entity in the list of histories
 * @param count number of windows
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record WindowSet(float[] windows, int[] entity, int count) {
    /** A set without windows. */
    static final WindowSet EMPTY = new WindowSet(new float[0], new int[0], 0);

    /**
     * Returns the same windows, cut to their newest rows.
     *
     * @param rows rows of a window in the result
     * @param windowRows rows of a window in this set, at least {@code rows}
     * @param features values in a row
     */
    WindowSet lastRows(int rows, int windowRows, int features) {
        if (rows == windowRows) {
            return this;
        }
        int width = windowRows * features;
        int shorter = rows * features;
        float[] ends = new float[count * shorter];
        for (int i = 0; i < count; i++) {
            System.arraycopy(windows, (i + 1) * width - shorter, ends, i * shorter, shorter);
        }
        return new WindowSet(ends, entity, count);
    }
}
