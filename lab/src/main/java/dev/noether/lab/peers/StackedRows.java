package dev.noether.lab.peers;

/**
 * Windows of standardised rows, each as one long row, oldest first. A window ends at its scored row. The windows of the
 * first test rows begin in the training rows.
 */
final class StackedRows {
    private final float[] rows;
    private final int width;
    private final int window;

    private StackedRows(float[] rows, int width, int window) {
        this.rows = rows;
        this.width = width;
        this.window = window;
    }

    /** Returns all full windows of the training rows. */
    static StackedRows ofTraining(float[] train, int width, int window) {
        if (train.length / width < window) {
            throw new IllegalArgumentException(
                    "`train` must hold at least one window of " + window + " rows (got " + train.length / width + ")");
        }
        return new StackedRows(train, width, window);
    }

    /** Returns one window for each test row. */
    static StackedRows ofTest(float[] train, float[] test, int width, int window) {
        int before = (window - 1) * width;
        float[] rows = new float[before + test.length];
        System.arraycopy(train, train.length - before, rows, 0, before);
        System.arraycopy(test, 0, rows, before, test.length);
        return new StackedRows(rows, width, window);
    }

    int count() {
        return rows.length / width - window + 1;
    }

    /** Returns the array to which {@link #offset} refers. */
    float[] rows() {
        return rows;
    }

    /** Returns the index of the first value of a window. Windows overlap in memory. */
    int offset(int index) {
        return index * width;
    }

    /** Returns the number of values of a window. */
    int size() {
        return window * width;
    }

    /** Returns copies of all windows, {@code [count × size]}. */
    float[] copies() {
        return copiesOfEvery(1);
    }

    /** Returns copies of the first window and of each {@code step}-th one after it, {@code [⌈count ÷ step⌉ × size]}. */
    float[] copiesOfEvery(int step) {
        int copied = (count() + step - 1) / step;
        float[] copies = new float[Math.multiplyExact(copied, size())];
        for (int i = 0; i < copied; i++) {
            System.arraycopy(rows, offset(i * step), copies, i * size(), size());
        }
        return copies;
    }
}
