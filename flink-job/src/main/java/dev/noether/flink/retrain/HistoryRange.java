package dev.noether.flink.retrain;

import java.io.Serializable;
import java.time.Instant;

/**
 * The range of event times that a model is trained on: [from, to), milliseconds since 1970 UTC.
 *
 * @param from first event time of the range
 * @param to first event time after the range
 */
public record HistoryRange(long from, long to) implements Serializable {
    public HistoryRange {
        if (from >= to) {
            throw new IllegalArgumentException("`from` must be before `to` (got " + from + " and " + to + ")");
        }
    }

    /** The newest {@code retraining.history} of the topic. */
    public static HistoryRange all() {
        return new HistoryRange(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Whether the range contains an event time. */
    public boolean contains(long eventTime) {
        return eventTime >= from && eventTime < to;
    }

    /**
     * Returns the range with its open ends replaced.
     *
     * @param newestEventTime replaces an open end, inclusively
     * @param historyMillis an open start is replaced by this much before the end, or before the newest event time if
     *     that is earlier
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
