package dev.noether.cli.data;

import java.util.Arrays;
import java.util.List;

/**
 * A whole stream file in memory.
 *
 * <p>The arrays are handed out as they are, not copied: they may be large. Treat them as read-only; then it is thread-safe.
 */
public final class LabelledSeries {
    private static final int FIRST_CAPACITY = 4_096;

    private final List<String> featureNames;
    private final int length;
    private long[] minutes = new long[FIRST_CAPACITY];
    private float[] rows;
    private boolean[] labels = new boolean[FIRST_CAPACITY];

    /** Reads all that is left; does not close the reader. */
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
            labels[count] = reader.anomalous();
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

    /** Features in a row. */
    public int width() {
        return featureNames.size();
    }

    /** Number of rows. */
    public int length() {
        return length;
    }

    /** {@code [length]}, rising. */
    public long[] minutes() {
        return minutes;
    }

    /** {@code [length × width]}, row by row; NaN is a missing value. */
    public float[] rows() {
        return rows;
    }

    /** {@code [length]}, true is anomalous; all false where the file has no labels. */
    public boolean[] labels() {
        return labels;
    }

    private void resize(int capacity) {
        minutes = Arrays.copyOf(minutes, capacity);
        labels = Arrays.copyOf(labels, capacity);
        rows = Arrays.copyOf(rows, Math.multiplyExact(capacity, width()));
    }
}
