package dev.noether.model.schedule;

import java.util.Arrays;

/** The median of the values around each place of a series. NaN is no value. */
final class RunningMedian {
    private final float[] window;
    private int count;

    private RunningMedian(int capacity) {
        window = new float[capacity];
    }

    /**
     * Computes the medians.
     *
     * @param values the series
     * @param half values to each side of a place
     * @return the median at each place; NaN if fewer than a quarter of the values around it are there
     */
    static float[] of(float[] values, int half) {
        int width = 2 * half + 1;
        RunningMedian median = new RunningMedian(width);
        float[] medians = new float[values.length];
        int least = Math.min(values.length, width) / 4;
        for (int i = 0; i < Math.min(half, values.length); i++) {
            median.add(values[i]);
        }
        for (int i = 0; i < values.length; i++) {
            if (i + half < values.length) {
                median.add(values[i + half]);
            }
            medians[i] = median.count > least ? median.middle() : Float.NaN;
            if (i - half >= 0) {
                median.remove(values[i - half]);
            }
        }
        return medians;
    }

    private void add(float value) {
        if (Float.isNaN(value)) {
            return;
        }
        int at = place(value);
        System.arraycopy(window, at, window, at + 1, count - at);
        window[at] = value;
        count++;
    }

    private void remove(float value) {
        if (Float.isNaN(value)) {
            return;
        }
        int at = place(value);
        count--;
        System.arraycopy(window, at + 1, window, at, count - at);
    }

    private int place(float value) {
        int at = Arrays.binarySearch(window, 0, count, value);
        return at < 0 ? -at - 1 : at;
    }

    private float middle() {
        return (window[(count - 1) / 2] + window[count / 2]) / 2;
    }
}
