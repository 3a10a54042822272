package dev.noether.model.feature;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The last readings of the counters of an entity, to turn its rows into rows with increases per second. A reading below
 * the last one is a reset: the increase is missing. So is the one of the first reading, and that of a row out of order.
 *
 * <p>Not thread safe; {@link #toRates} allocates nothing.
 */
public final class CounterReadings {
    private static final double MILLIS = 1000;

    private final int[] counters;
    private final long[] times;
    private final double[] values;

    /**
     * Makes readings of no row.
     *
     * @param counters ascending indices of the counters; not copied
     */
    public CounterReadings(int[] counters) {
        this.counters = counters;
        this.times = new long[counters.length];
        this.values = new double[counters.length];
        Arrays.fill(values, Double.NaN);
    }

    /** The indices of the counters. Not a copy. */
    public int[] counters() {
        return counters;
    }

    /** The event time of the last reading of the counter at a place, milliseconds. */
    public long time(int place) {
        return times[place];
    }

    /** The last reading of the counter at a place; NaN if there is none. */
    public double value(int place) {
        return values[place];
    }

    /** Restores a reading. */
    public void set(int place, long time, double value) {
        times[place] = time;
        values[place] = value;
    }

    /**
     * Replaces the counters of a row by their increases per second since the last readings, NaN if unknown.
     *
     * @param time event time, milliseconds
     * @param row {@code [features]}; changed
     * @param offset index of its first value
     * @param isNewest whether the row is newer than all others; only then its readings are kept
     */
    public void toRates(long time, double[] row, int offset, boolean isNewest) {
        for (int i = 0; i < counters.length; i++) {
            int index = offset + counters[i];
            double value = row[index];
            if (Double.isNaN(value)) {
                continue;
            }
            double increase = value - values[i];
            row[index] =
                    isNewest && increase >= 0 && time > times[i] ? increase * MILLIS / (time - times[i]) : Double.NaN;
            if (isNewest) {
                times[i] = time;
                values[i] = value;
            }
        }
    }

    /**
     * Replaces the counters of the rows of a window by their increases per second. The oldest row, which has none, is
     * removed; an increase that is unknown is that of the row before, or 0.
     *
     * @return the readings of the newest row
     */
    public static CounterReadings ofWindow(WindowBuffer window, int[] counters) {
        CounterReadings readings = new CounterReadings(counters);
        int rows = window.size();
        double[][] rated = new double[rows][window.features()];
        long[] times = new long[rows];
        for (int i = 0; i < rows; i++) {
            times[i] = window.time(i);
            for (int j = 0; j < rated[i].length; j++) {
                rated[i][j] = window.rawValue(i, j);
            }
            readings.toRates(times[i], rated[i], 0, true);
            for (int counter : counters) {
                if (Double.isNaN(rated[i][counter])) {
                    rated[i][counter] = i == 0 || Double.isNaN(rated[i - 1][counter]) ? 0 : rated[i - 1][counter];
                }
            }
        }
        window.clear();
        for (int i = 1; i < rows; i++) {
            window.add(times[i], rated[i], 0);
        }
        return readings;
    }

    /** A copy; null of null. */
    public static @Nullable CounterReadings copyOf(@Nullable CounterReadings readings) {
        if (readings == null) {
            return null;
        }
        CounterReadings copy = new CounterReadings(readings.counters);
        for (int i = 0; i < readings.counters.length; i++) {
            copy.set(i, readings.times[i], readings.values[i]);
        }
        return copy;
    }
}
