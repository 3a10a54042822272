package dev.noether.model.training;

import dev.noether.model.feature.Scaling;
import dev.noether.model.feature.StaleContext;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.training.EntityHistory.Run;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts scaled windows out of histories. A window never crosses from one run to the next, and rows before a long gap are
 * replaced as in live scoring ({@link StaleContext}).
 */
final class WindowCutter {
    private final List<EntityHistory> histories;
    private final int features;
    private final Duration interval;
    private final double @Nullable [] origin;

    /**
     * Makes a cutter.
     *
     * @param features values in a row
     * @param interval usual time from a row of an entity to its next
     * @param origin origins of the features; null if all are 0
     */
    WindowCutter(List<EntityHistory> histories, int features, Duration interval, double @Nullable [] origin) {
        this.histories = histories;
        this.features = features;
        this.interval = interval;
        this.origin = origin;
    }

    /**
     * Cuts the windows whose newest row lies in {@code [from, to)}; earlier rows may lie before {@code from}.
     *
     * @param windowRows rows of a window
     * @param from event time, inclusive
     * @param to event time, exclusive
     */
    WindowSet cut(Scaling scaling, int windowRows, long from, long to) {
        return cut(scaling, windowRows, from, to, false);
    }

    /** Cuts the windows all of whose rows lie at or after an event time. */
    WindowSet cutWhollyAfter(Scaling scaling, int windowRows, long from) {
        return cut(scaling, windowRows, from, Long.MAX_VALUE, true);
    }

    private WindowSet cut(Scaling scaling, int windowRows, long from, long to, boolean isWhole) {
        int width = windowRows * features;
        int capacity = capacity(windowRows, from, to, isWhole);
        float[] windows = new float[capacity * width];
        int[] entity = new int[capacity];
        int count = 0;
        StaleContext stale = new StaleContext(windowRows, interval);
        for (int e = 0; e < histories.size(); e++) {
            for (Run run : histories.get(e).runs()) {
                WindowBuffer buffer = new WindowBuffer(windowRows, 0, features);
                buffer.setOrigin(origin);
                for (int i = 0; i < run.count(); i++) {
                    int position = buffer.add(run.times()[i], run.rows(), i * features);
                    if (buffer.windowEndsAt(position)
                            && (isWhole ? buffer.windowStart(position) : run.times()[i]) >= from
                            && run.times()[i] < to) {
                        buffer.copyWindow(position, scaling, windows, count * width);
                        StaleContext.fill(windows, count * width, stale.count(buffer, position), features);
                        entity[count++] = e;
                    }
                }
            }
        }
        return new WindowSet(windows, entity, count);
    }

    private int capacity(int windowRows, long from, long to, boolean isWhole) {
        long capacity = 0;
        for (EntityHistory history : histories) {
            for (Run run : history.runs()) {
                for (int i = windowRows - 1; i < run.count(); i++) {
                    if (run.times()[isWhole ? i - windowRows + 1 : i] >= from && run.times()[i] < to) {
                        capacity++;
                    }
                }
            }
        }
        int width = windowRows * features;
        if (capacity * width > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(capacity + " windows of " + width
                    + " values do not fit into memory; reduce the sample or the window");
        }
        return (int) capacity;
    }
}
