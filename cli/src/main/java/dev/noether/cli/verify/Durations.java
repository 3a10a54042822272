package dev.noether.cli.verify;

import java.util.Arrays;

/** Many durations and their quantiles. Not thread-safe. */
final class Durations {
    private long[] nanos = new long[4_096];
    private int size;

    void add(long duration) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = duration;
    }

    /** The smallest duration that at least this share does not exceed, milliseconds; NaN where there is none. */
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
