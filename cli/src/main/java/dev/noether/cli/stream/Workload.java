package dev.noether.cli.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A source of observations: a history for the training and a live part that follows it in event time. All cursors
 * return the same rows. Immutable and thread-safe.
 */
public interface Workload {
    /** The event time of minute 0: midnight before a Monday. It is fixed so that a run can be repeated. */
    Instant EPOCH = Instant.parse("2026-01-05T00:00:00Z");

    /** A description in one line. Workloads with the same description can continue each other. */
    String description();

    /** The names of the features in the order of a row. */
    List<String> features();

    /** The names of the entities. */
    List<String> entities();

    /** The rows before the live part. */
    RowCursor history();

    /** The rows of the live part. */
    RowCursor live();

    /** The largest possible number of rows of the live part. */
    int liveRows();

    /** The event time that the live part covers. */
    Duration liveSpan();

    /** The faults in the live part; empty if only the rows are labelled. */
    List<FaultInterval> faults();

    /** The event time of a minute, milliseconds since 1970 UTC. */
    static long eventTime(long minute) {
        return EPOCH.toEpochMilli() + minute * 60_000;
    }

    /** The first minute after an event time. */
    static long minuteAfter(long eventTime) {
        return Math.floorDiv(eventTime - EPOCH.toEpochMilli(), 60_000L) + 1;
    }

    /**
     * A fault of one entity.
     *
     * @param entity index of the entity in {@link #entities()}
     * @param kind kind of the fault, in lower case
     * @param start event time of the start, inclusive
     * @param end event time of the end, exclusive
     */
    record FaultInterval(int entity, String kind, long start, long end) {
        /** Whether a row belongs to the entity and lies in [start, end). */
        public boolean covers(int rowEntity, long eventTime) {
            return rowEntity == entity && eventTime >= start && eventTime < end;
        }
    }
}
