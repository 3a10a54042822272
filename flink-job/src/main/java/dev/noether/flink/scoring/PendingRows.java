package dev.noether.flink.scoring;

import dev.noether.flink.release.ModelsInForce.Loaded;
import dev.noether.schemas.UnscoredReason;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the current micro-batch in the order in which they came, as columns, so that keeping a row allocates nothing.
 * Not thread safe.
 */
final class PendingRows {
    final EntityState[] states;
    final String[] entities;
    final long[] windowStart;
    final long[] eventTime;
    final int[] partition;
    final long[] offset;
    final @Nullable Loaded[] model;
    final int[] scorerRow;
    final @Nullable UnscoredReason[] unscored;
    /** Whether each repeats a row that its entity has reported before. */
    final boolean[] repeats;

    private final int capacity;
    private int size;

    PendingRows(int capacity) {
        this.capacity = capacity;
        states = new EntityState[capacity];
        entities = new String[capacity];
        windowStart = new long[capacity];
        eventTime = new long[capacity];
        partition = new int[capacity];
        offset = new long[capacity];
        model = new Loaded[capacity];
        scorerRow = new int[capacity];
        unscored = new UnscoredReason[capacity];
        repeats = new boolean[capacity];
    }

    /** Claims the next row. */
    int next() {
        return size++;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == capacity;
    }

    void clear() {
        size = 0;
    }
}
