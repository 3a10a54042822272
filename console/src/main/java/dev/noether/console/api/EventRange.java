package dev.noether.console.api;

import dev.noether.console.http.HttpProblem;
import dev.noether.console.http.QueryParameters;

/**
 * A range of event times.
 *
 * @param from first time
 * @param to first time after it
 * @param isAll whether nobody asked for a range
 */
record EventRange(long from, long to, boolean isAll) {
    /** Beyond every event time, and far enough from overflow. */
    private static final long FAR = 1L << 53;

    EventRange {
        if (!(from < to)) {
            throw new HttpProblem(400, "`from` must be before `to` (got " + from + " and " + to + ").");
        }
    }

    /** Returns the range that was asked for, or all times. */
    static EventRange all(QueryParameters parameters) {
        Long from = parameters.time("from");
        Long to = parameters.time("to");
        return new EventRange(from == null ? -FAR : from, to == null ? FAR : to, from == null && to == null);
    }

    /**
     * Returns the range that was asked for, or one that ends soon after the newest event time.
     *
     * @param newest newest event time
     * @param length length of the range that nobody asked for, milliseconds
     */
    static EventRange recent(QueryParameters parameters, long newest, long length) {
        Long from = parameters.time("from");
        Long to = parameters.time("to");
        long end = to != null ? to : Math.max(newest + 1, from == null ? Long.MIN_VALUE : from + 1);
        return new EventRange(from == null ? end - length : from, end, from == null && to == null);
    }
}
