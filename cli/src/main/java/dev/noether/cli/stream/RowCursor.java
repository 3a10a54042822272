package dev.noether.cli.stream;

/** A cursor over observations in the order of their event times. Not thread-safe. */
public interface RowCursor {
    /** Moves to the next row; returns false at the end. */
    boolean next();

    /** The index of the entity in {@link Workload#entities()}. */
    int entity();

    /** The event time, milliseconds since 1970 UTC. */
    long eventTime();

    /** The values, {@code [features]}; NaN is a missing value. {@link #next} overwrites the array. */
    float[] values();

    /** Whether the row is labelled anomalous. */
    boolean isAnomalous();
}
