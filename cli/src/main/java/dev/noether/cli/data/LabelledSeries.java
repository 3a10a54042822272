package dev.noether.cli.data;

import java.util.Arrays;
import java.util.List;

/**
 * All rows of a stream file in memory.
 *
 * <p>The arrays are not copied because they may be large. Callers must not change them; the series is thread-safe then.
 */
public final class LabelledSeries {
    private static final int FIRST_CAPACITY = 4_096;

    private final List<String> featureNames;
    private final int length;
    private long[] minutes = new long[FIRST_CAPACITY];
    private float[] rows;
    private boolean[] labels = new boolean[FIRST_CAPACITY];

    /** Reads the remaining rows; does not close the reader. */
    LabelledSeries(StreamReader reader) {
        featureNames = reader.featureNames();
        int width = featureNames.size();
        rows = new float[FIRST_CAPACITY * width];
        int count = 0;
        while (reader.next()) {
            if (count == minutes.length) {
                resize(2 * count);
            }
            minutes[count] = reader.minute();
            labels[count] = reader.isAnomalous();
            System.arraycopy(reader.row(), 0, rows, count * width, width);
            count++;
        }
        length = count;
        resize(count);
    }

    /** The names of the features in the order of a row. */
    public List<String> featureNames() {
        return featureNames;
    }

    /** The number of features in a row. */
    public int width() {
        return featureNames.size();
    }

    /** The number of rows. */
    public int length() {
        return length;
    }

    /** The minute of each row, {@code [length]}, in ascending order. */
    public long[] minutes() {
        return minutes;
    }

    /** The values row by row, {@code [length × width]}; NaN is a missing value. */
    public float[] rows() {
        return rows;
    }

    /** The label of each row, {@code [length]}: true is anomalous. All false if the file has no labels. */
    public boolean[] labels() {
        return labels;
    }

    private void resize(int capacity) {
        minutes = Arrays.copyOf(minutes, capacity);
        labels = Arrays.copyOf(labels, capacity);
        rows = Arrays.copyOf(rows, Math.multiplyExact(capacity, width()));
    }
}
