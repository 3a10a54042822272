package dev.noether.cli.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Observations to be sent: a history to train on, and a live part behind it in event time. The same walk gives the same rows
 * each time. Immutable and thread-safe.
 */
public interface Workload {
    /** Event time of minute 0: a Monday's midnight, fixed so that a run can be repeated. */
    Instant EPOCH = Instant.parse("2026-01-05T00:00:00Z");

    /** What it is, in one line; two workloads of the same description continue one another. */
    String description();

    /** The names of the features in the order of a row. */
    List<String> features();

    /** The names of the entities. */
    List<String> entities();

    /** The rows before the live part. */
    RowCursor history();

    /** The rows of the live part. */
    RowCursor live();

    /** How many rows the live part has at most. */
    int liveRows();

    /** The event time that the live part covers. */
    Duration liveSpan();

    /** The incidents of the live part that are known by name; empty where only rows are labelled. */
    List<KnownIncident> incidents();

    /** Event time of a minute. */
    static long eventTime(long minute) {
        return EPOCH.toEpochMilli() + minute * 60_000;
    }

    /** The first minute that lies behind an event time. */
    static long minuteAfter(long eventTime) {
        return Math.floorDiv(eventTime - EPOCH.toEpochMilli(), 60_000L) + 1;
    }

    /**
     * An incident in the live part.
     *
     * @param entity the entity's number
     * @param kind what goes wrong
     * @param start event time of its begin
     * @param end event time after its last row
     */
    record KnownIncident(int entity, String kind, long start, long end) {}
}
