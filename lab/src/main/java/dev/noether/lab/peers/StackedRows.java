package dev.noether.lab.peers;

/**
 * StackedRows over standardised rows, each laid out as one long row, oldest first. A window ends at the row it is for;
 * those of the first test rows begin in the training rows, which the test rows follow.
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

    /** All full windows over the training rows. */
    static StackedRows ofTraining(float[] train, int width, int window) {
        if (train.length / width < window) {
            throw new IllegalArgumentException(
                    "`train` must hold at least one window of " + window + " rows (got " + train.length / width + ")");
        }
        return new StackedRows(train, width, window);
    }

    /** One window for each test row. */
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

    /** The array in which {@link #offset} points. */
    float[] rows() {
        return rows;
    }

    /** StackedRows overlap in memory: this is where one begins. */
    int offset(int index) {
        return index * width;
    }

    /** Values per window. */
    int size() {
        return window * width;
    }

    /** All windows, each copied: {@code [count × size]}. */
    float[] copies() {
        float[] copies = new float[Math.multiplyExact(count(), size())];
        for (int i = 0; i < count(); i++) {
            System.arraycopy(rows, offset(i), copies, i * size(), size());
        }
        return copies;
    }
}
