package dev.noether.flink.retrain;

import java.io.Serializable;
import java.time.Instant;

/**
 * The event times that a model is trained on: [from, to), milliseconds since 1970 UTC.
 *
 * @param from first event time that takes part
 * @param to first event time that no longer does
 */
public record HistoryRange(long from, long to) implements Serializable {
    public HistoryRange {
        if (from >= to) {
            throw new IllegalArgumentException("`from` must be before `to` (got " + from + " and " + to + ")");
        }
    }

    /** Everything that the topic holds, as far back as the detector's `retraining.history` reaches. */
    public static HistoryRange all() {
        return new HistoryRange(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Whether an event time lies in the range. */
    public boolean contains(long eventTime) {
        return eventTime >= from && eventTime < to;
    }

    /**
     * The range with its open ends replaced: the end by the newest event time, the start by so much history before the end,
     * or before the newest event time where the end lies ahead.
     */
    public HistoryRange closed(long newestEventTime, long historyMillis) {
        long end = to == Long.MAX_VALUE ? newestEventTime + 1 : to;
        long start = Math.max(0, Math.min(end, newestEventTime + 1) - historyMillis);
        return new HistoryRange(from == Long.MIN_VALUE ? start : from, end);
    }

    @Override
    public String toString() {
        return "[" + Instant.ofEpochMilli(from) + ", " + Instant.ofEpochMilli(to) + ")";
    }
}
