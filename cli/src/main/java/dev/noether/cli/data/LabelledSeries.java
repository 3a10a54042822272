package dev.noether.cli.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * All rows of a stream file in memory.
 *
 * <p>The arrays are not copied because they may be large. Callers must not change them; the series is thread-safe then.
 */
public final class LabelledSeries {
    private static final int FIRST_CAPACITY = 4_096;
    /** Time, label and the text of the time. */
    private static final long BYTES_BESIDE_VALUES = 80;
    /** While the arrays grow, they exist twice. */
    private static final int SHARE_OF_HEAP = 6;

    private final Path file;
    private final List<String> featureNames;
    private final boolean hasLabels;
    private final TimeFormat timeFormat;
    private final int length;
    private long[] times = new long[FIRST_CAPACITY];
    private String[] marks = new String[FIRST_CAPACITY];
    private double[] rows;
    private boolean[] labels = new boolean[FIRST_CAPACITY];

    /**
     * Reads a whole file.
     *
     * @throws StreamDataException if the file is not valid, or too large for the memory
     */
    public static LabelledSeries read(Path file) {
        return read(file, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    static LabelledSeries read(Path file, long mostBytes) {
        try (StreamReader reader = StreamReader.open(file)) {
            return new LabelledSeries(file, reader, mostBytes);
        }
    }

    private LabelledSeries(Path file, StreamReader reader, long mostBytes) {
        this.file = file;
        featureNames = reader.featureNames();
        hasLabels = reader.hasLabels();
        int width = featureNames.size();
        long mostRows = Math.min(
                mostBytes / (BYTES_BESIDE_VALUES + (long) Double.BYTES * width), (Integer.MAX_VALUE - 8) / width);
        rows = new double[0];
        resize(Math.toIntExact(Math.min(FIRST_CAPACITY, mostRows)));
        int count = 0;
        while (reader.next()) {
            if (count == times.length) {
                if (count >= mostRows) {
                    throw new StreamDataException(file + ": more than " + mostRows + " rows of " + width
                            + " features, expected a file that fits into the memory; NOETHER_HEAP sets its size");
                }
                resize(Math.toIntExact(Math.min(mostRows, 2L * count)));
            }
            times[count] = reader.time();
            marks[count] = reader.mark();
            labels[count] = reader.isAnomalous();
            System.arraycopy(reader.row(), 0, rows, count * width, width);
            count++;
        }
        timeFormat = reader.timeFormat();
        length = count;
        resize(count);
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** The names of the features in the order of a row. */
    public List<String> featureNames() {
        return featureNames;
    }

    /** Whether the file has labels. */
    public boolean hasLabels() {
        return hasLabels;
    }

    /** The format of the times in the file. */
    public TimeFormat timeFormat() {
        return timeFormat;
    }

    /** The number of features in a row. */
    public int width() {
        return featureNames.size();
    }

    /** The number of rows, at least 1. */
    public int length() {
        return length;
    }

    /**
     * The time of each row, {@code [length]}, rising: milliseconds since 1970 UTC, or since minute 0 if the format is
     * {@link TimeFormat#MINUTES}.
     */
    public long[] times() {
        return times;
    }

    /** The time of each row as the file has it, {@code [length]}. */
    public String[] marks() {
        return marks;
    }

    /** The values row by row, {@code [length × width]}; NaN is a missing value. */
    public double[] rows() {
        return rows;
    }

    /** The label of each row, {@code [length]}: true is anomalous. All false if the file has no labels. */
    public boolean[] labels() {
        return labels;
    }

    private void resize(int capacity) {
        times = Arrays.copyOf(times, capacity);
        marks = Arrays.copyOf(marks, capacity);
        labels = Arrays.copyOf(labels, capacity);
        rows = Arrays.copyOf(rows, Math.multiplyExact(capacity, width()));
    }
}
