package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

/**
 * A person or a program asks the retrainer to train soon. The newest request counts, if it is newer than the start of
 * the newest training.
 *
 * @param detector the detector's name
 * @param requestedAt time of the request, milliseconds since 1970 UTC
 * @param requestedBy who asks
 * @param from first event time to train on, milliseconds since 1970 UTC; {@link Long#MIN_VALUE} means the setting's
 * @param to first event time not to train on, milliseconds since 1970 UTC; {@link Long#MAX_VALUE} means the newest
 */
public record TrainingRequest(String detector, long requestedAt, String requestedBy, long from, long to)
        implements ModelsRecord {
    public TrainingRequest {
        requireNonNull(detector, "detector");
        requireNonNull(requestedBy, "requestedBy");
        if (from >= to) {
            throw new IllegalArgumentException("`from` must be before `to` (got " + from + " and " + to + ")");
        }
    }
}
