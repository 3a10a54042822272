package dev.noether.cli.verify;

import java.util.Arrays;

/** A growing list of durations that computes quantiles. Not thread-safe. */
final class Durations {
    private long[] nanos = new long[4_096];
    private int size;

    /** @param duration nanoseconds */
    void add(long duration) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = duration;
    }

    /**
     * The smallest duration that is at least as long as a share of all durations.
     *
     * @param level share, in [0, 1]
     * @return milliseconds; NaN if there are no durations
     */
    double quantileMillis(double level) {
        if (size == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        int index = (int) Math.ceil(level * size) - 1;
        return sorted[Math.max(0, index)] / 1e6;
    }
}
