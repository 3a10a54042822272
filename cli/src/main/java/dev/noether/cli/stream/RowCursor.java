package dev.noether.cli.stream;

/** A walk over observations in the order of their event times. Not thread-safe. */
public interface RowCursor {
    /** Moves to the next row; false at the end. */
    boolean next();

    /** The entity's number in {@link Workload#entities()}. */
    int entity();

    /** Milliseconds since 1970 UTC. */
    long eventTime();

    /** {@code [features]}, NaN is missing; filled anew by {@link #next}. */
    float[] values();

    /** Whether the row is labelled anomalous. */
    boolean anomalous();
}
