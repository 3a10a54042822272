package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The newest training of a detector. A retrainer that starts reads it to know when the next training is due.
 *
 * @param detector the detector's name
 * @param cause why the training started
 * @param outcome how it ended
 * @param startedAt time of its start, milliseconds since 1970 UTC
 * @param endedAt time of its end, milliseconds since 1970 UTC; {@link #NOT_ENDED} while it runs
 * @param version version of the model; {@link Score#NO_MODEL} if there is none
 * @param runner process and machine
 * @param message why there is no model, one sentence; null if there is one
 */
public record TrainingRun(
        String detector,
        TrainingCause cause,
        TrainingOutcome outcome,
        long startedAt,
        long endedAt,
        long version,
        String runner,
        @Nullable String message)
        implements ModelsRecord {
    /** The end of a training that has not ended. */
    public static final long NOT_ENDED = Long.MAX_VALUE;

    public TrainingRun {
        requireNonNull(detector, "detector");
        requireNonNull(cause, "cause");
        requireNonNull(outcome, "outcome");
        requireNonNull(runner, "runner");
    }
}
