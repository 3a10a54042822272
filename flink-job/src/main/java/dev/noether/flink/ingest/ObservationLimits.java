package dev.noether.flink.ingest;

import dev.noether.flink.clock.EventTimeLimits;
import dev.noether.flink.clock.JobClock;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RejectionReason;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The limits that an observation must meet, apart from those of its features. Immutable; thread safe.
 *
 * @param maxBytes largest length of the encoded observation, in bytes
 * @param times the event times that are possible
 * @param clock the job's clock
 */
public record ObservationLimits(int maxBytes, EventTimeLimits times, JobClock clock) implements Serializable {
    /** The longest name of an entity, in UTF-16 units. Each score holds the name twice, in its key and in its value. */
    public static final int LONGEST_ENTITY = 1024;

    /** Checks that a record has a value of at most {@code maxBytes}. */
    public void checkLength(byte @Nullable [] bytes) throws MalformedRecordException {
        if (bytes == null || bytes.length == 0) {
            throw new MalformedRecordException(RejectionReason.EMPTY, "the record has no value");
        }
        if (bytes.length > maxBytes) {
            throw new MalformedRecordException(
                    RejectionReason.TOO_LARGE, bytes.length + " bytes, at most " + maxBytes + " are allowed");
        }
    }

    /** Checks that an entity has a name, and that the name is not too long. */
    public void checkEntity(String entity) throws MalformedRecordException {
        if (entity.isBlank()) {
            throw new MalformedRecordException(RejectionReason.NO_ENTITY, "the entity is empty");
        }
        if (entity.length() > LONGEST_ENTITY) {
            throw new MalformedRecordException(
                    RejectionReason.TOO_LARGE,
                    "the entity's name has " + entity.length() + " characters, at most " + LONGEST_ENTITY
                            + " are allowed");
        }
    }

    /**
     * Checks that an event time is possible.
     *
     * @param eventTime milliseconds since 1970 UTC
     * @param kafkaTime the record's timestamp in Kafka, milliseconds since 1970 UTC; negative if the record has none
     */
    public void checkEventTime(long eventTime, long kafkaTime) throws MalformedRecordException {
        long now = clock.millis();
        if (!times.allow(eventTime, kafkaTime, now)) {
            throw new MalformedRecordException(
                    RejectionReason.IMPOSSIBLE_TIME, String.valueOf(times.problem(eventTime, kafkaTime, now)));
        }
    }
}
