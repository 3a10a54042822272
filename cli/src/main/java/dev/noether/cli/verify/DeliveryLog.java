package dev.noether.cli.verify;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The row number and the send time of each delivered observation, by partition and offset. Thread-safe.
 */
public final class DeliveryLog {
    private static final int FIRST_CAPACITY = 4_096;

    private Page[] pages = new Page[0];

    /** The rows of one partition, from its first delivered offset on. */
    private static final class Page {
        private final long base;
        private int[] rows = new int[FIRST_CAPACITY];
        private long[] sentNanos = new long[FIRST_CAPACITY];
        private int size;

        Page(long base) {
            this.base = base;
        }

        void put(long offset, int row, long nanos) {
            int index = Math.toIntExact(offset - base);
            while (index >= rows.length) {
                rows = Arrays.copyOf(rows, 2 * rows.length);
                sentNanos = Arrays.copyOf(sentNanos, 2 * sentNanos.length);
            }
            if (index > size) {
                Arrays.fill(rows, size, index, -1);
            }
            rows[index] = row;
            sentNanos[index] = nanos;
            size = Math.max(size, index + 1);
        }

        int index(long offset) {
            long index = offset - base;
            return index < 0 || index >= size || rows[(int) index] < 0 ? -1 : (int) index;
        }
    }

    /**
     * Adds a delivered observation. Kafka acknowledges a partition in order, so the first offset must be the lowest.
     *
     * @param partition partition of the observation
     * @param offset offset of the observation
     * @param row row number, at least 0
     * @param nanos send time, as {@link System#nanoTime}
     */
    public synchronized void add(int partition, long offset, int row, long nanos) {
        if (partition >= pages.length) {
            pages = Arrays.copyOf(pages, partition + 1);
        }
        if (pages[partition] == null) {
            pages[partition] = new Page(offset);
        }
        pages[partition].put(offset, row, nanos);
    }

    /** The row number; -1 if the observation is not in the log. */
    public synchronized int row(int partition, long offset) {
        Page page = page(partition);
        int index = page == null ? -1 : page.index(offset);
        return page == null || index < 0 ? -1 : page.rows[index];
    }

    /**
     * The time since an observation was sent.
     *
     * @param nanos current time, as {@link System#nanoTime}
     * @return nanoseconds; -1 if the observation is not in the log
     */
    public synchronized long age(int partition, long offset, long nanos) {
        Page page = page(partition);
        int index = page == null ? -1 : page.index(offset);
        return page == null || index < 0 ? -1 : nanos - page.sentNanos[index];
    }

    private @Nullable Page page(int partition) {
        return partition < 0 || partition >= pages.length ? null : pages[partition];
    }
}
