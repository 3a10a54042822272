package dev.noether.flink.renewal;

import dev.noether.flink.retrain.HistoryRange;
import dev.noether.schemas.TrainingCause;

/**
 * The next training of a detector.
 *
 * @param at when it starts at the earliest, milliseconds since 1970 UTC
 * @param cause why it starts
 * @param range event times to train on
 * @param requestedAt time of the request that it answers; {@link Long#MIN_VALUE} if it answers none
 */
record DueTraining(long at, TrainingCause cause, HistoryRange range, long requestedAt) {
    /** A training that nobody asked for. */
    static DueTraining of(long at, TrainingCause cause) {
        return new DueTraining(at, cause, HistoryRange.all(), Long.MIN_VALUE);
    }

    /** A training that somebody asked for. */
    static DueTraining asked(long at, HistoryRange range, long requestedAt) {
        return new DueTraining(at, TrainingCause.REQUEST, range, requestedAt);
    }

    /**
     * The time that the training has as its start. It is not before the request, whose clock may be ahead: otherwise the
     * request would count as not yet answered.
     */
    long startAt(long now) {
        return Math.max(now, requestedAt);
    }
}
