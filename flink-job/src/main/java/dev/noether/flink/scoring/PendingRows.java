package dev.noether.flink.scoring;

import dev.noether.flink.wire.ObservationRow;

/**
 * The rows that wait for scoring, in the order of their arrival, each with the state of its entity.
 *
 * <p>The arrays are made anew for each micro-batch: the G1 collector makes a store of a reference into an old array
 * wait for all stores before it, but not a store into a young array. Not thread safe.
 */
final class PendingRows {
    private final int capacity;
    private ObservationRow[] rows;
    private EntityState[] states;
    private int size;
    private long batches;

    PendingRows(int capacity) {
        this.capacity = capacity;
        rows = new ObservationRow[capacity];
        states = new EntityState[capacity];
    }

    void add(ObservationRow row, EntityState state) {
        rows[size] = row;
        states[size] = state;
        size++;
    }

    ObservationRow row(int index) {
        return rows[index];
    }

    EntityState state(int index) {
        return states[index];
    }

    /** Returns the number of rows in a full micro-batch. */
    int capacity() {
        return capacity;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean isFull() {
        return size == capacity;
    }

    /** Ends the micro-batch. */
    void clear() {
        rows = new ObservationRow[capacity];
        states = new EntityState[capacity];
        size = 0;
        batches++;
    }

    /** Returns the number of micro-batches that have ended. */
    long batches() {
        return batches;
    }
}
