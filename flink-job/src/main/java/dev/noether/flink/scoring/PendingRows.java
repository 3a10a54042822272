package dev.noether.flink.scoring;

import dev.noether.flink.release.ModelsInForce.Loaded;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.schemas.UnscoredReason;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the current micro-batch in the order in which they came, as columns.
 *
 * <p>The columns of numbers are used again for each batch. Those of references are made anew, a few bytes for each row: G1
 * makes of a reference that is stored in an array which has grown old a wait for all stores before it, and of one that is stored in a
 * young array nothing. Not thread safe.
 */
final class PendingRows {
    final long[] windowStart;
    final int[] scorerRow;
    /** Whether each repeats a row that its entity has reported before. */
    final boolean[] repeats;

    private final int capacity;
    private ObservationRow[] rows;
    private EntityState[] states;
    private @Nullable Loaded[] models;
    private @Nullable UnscoredReason[] unscored;
    private int size;
    private long batches;

    PendingRows(int capacity) {
        this.capacity = capacity;
        windowStart = new long[capacity];
        scorerRow = new int[capacity];
        repeats = new boolean[capacity];
        rows = new ObservationRow[capacity];
        states = new EntityState[capacity];
        models = new Loaded[capacity];
        unscored = new UnscoredReason[capacity];
    }

    /** Adds a row; whether it can be scored has still to be told. */
    void add(ObservationRow row, EntityState state) {
        rows[size] = row;
        states[size] = state;
        windowStart[size] = row.eventTime();
        size++;
    }

    /** Tells that a row waits in the batch of a model. */
    void scoredBy(int index, Loaded model, int rowOfScorer, long start) {
        models[index] = model;
        scorerRow[index] = rowOfScorer;
        windowStart[index] = start;
    }

    /** Tells that a row cannot be scored. */
    void unscored(int index, UnscoredReason reason) {
        unscored[index] = reason;
    }

    ObservationRow row(int index) {
        return rows[index];
    }

    EntityState state(int index) {
        return states[index];
    }

    /** The model that scores a row; null where none does. */
    @Nullable
    Loaded model(int index) {
        return models[index];
    }

    /** Why a row is not scored; null where it is. */
    @Nullable
    UnscoredReason unscored(int index) {
        return unscored[index];
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

    /** Ends the batch. */
    void clear() {
        rows = new ObservationRow[capacity];
        states = new EntityState[capacity];
        models = new Loaded[capacity];
        unscored = new UnscoredReason[capacity];
        size = 0;
        batches++;
    }

    /** How many batches have ended. */
    long batches() {
        return batches;
    }
}
