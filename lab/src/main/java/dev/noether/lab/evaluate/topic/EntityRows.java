package dev.noether.lab.evaluate.topic;

import dev.noether.lab.evaluate.dataset.TimedRows;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Rows of one entity as they arrive, and then in the order of their times. Not thread safe. */
final class EntityRows {
    private static final int FIRST_CAPACITY = 64;

    private final int width;
    private final int most;
    private long[] times = new long[FIRST_CAPACITY];
    private double[] values;
    private int count;
    /** Where the oldest row lies once the rows have reached the largest number and go round. */
    private int begin;

    /**
     * Makes an empty store.
     *
     * @param width number of features
     * @param most largest number of rows; the newest of them are kept
     */
    EntityRows(int width, int most) {
        this.width = width;
        this.most = most;
        this.values = new double[FIRST_CAPACITY * width];
    }

    /** Bytes that one row takes. */
    static long rowBytes(int width) {
        return Long.BYTES + (long) width * Double.BYTES;
    }

    int count() {
        return count;
    }

    /** Adds a row, {@code [width]}, which is copied; returns whether the store became larger by one. */
    boolean add(long time, double[] row) {
        int place = count < most ? count : begin;
        if (place == times.length) {
            int capacity = (int) Math.min(most, 2L * times.length);
            times = Arrays.copyOf(times, capacity);
            values = Arrays.copyOf(values, Math.multiplyExact(capacity, width));
        }
        times[place] = time;
        System.arraycopy(row, 0, values, place * width, width);
        if (count < most) {
            count++;
            return true;
        }
        begin = (begin + 1) % most;
        return false;
    }

    /** The rows in the order of their times; of rows of one time the first that came. */
    TimedRows inOrder() {
        Integer[] order = IntStream.range(0, count)
                .mapToObj(i -> (begin + i) % Math.max(1, count))
                .toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingLong(place -> times[place]));
        long[] sortedTimes = new long[count];
        double[] sorted = new double[count * width];
        int rows = 0;
        for (int place : order) {
            if (rows == 0 || times[place] > sortedTimes[rows - 1]) {
                sortedTimes[rows] = times[place];
                System.arraycopy(values, place * width, sorted, rows * width, width);
                rows++;
            }
        }
        return TimedRows.observed(Arrays.copyOf(sortedTimes, rows), Arrays.copyOf(sorted, rows * width), width);
    }
}
