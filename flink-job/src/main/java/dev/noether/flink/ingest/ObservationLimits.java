package dev.noether.flink.ingest;

import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RejectionReason;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The limits that an observation must meet, apart from those of its features. Immutable; thread safe.
 *
 * @param maxBytes largest length of the encoded observation, in bytes
 * @param maxAheadMillis largest lead of the event time over the record's Kafka timestamp, in milliseconds
 */
record ObservationLimits(int maxBytes, long maxAheadMillis) implements Serializable {
    /** The longest name of an entity, in UTF-16 units. Each score holds the name twice, in its key and in its value. */
    private static final int LONGEST_ENTITY = 1024;

    /** Checks that a record has a value of at most {@code maxBytes}. */
    void checkLength(byte @Nullable [] bytes) throws MalformedRecordException {
        if (bytes == null || bytes.length == 0) {
            throw new MalformedRecordException(RejectionReason.EMPTY, "the record has no value");
        }
        if (bytes.length > maxBytes) {
            throw new MalformedRecordException(
                    RejectionReason.TOO_LARGE, bytes.length + " bytes, at most " + maxBytes + " are allowed");
        }
    }

    /** Checks that an entity has a name, and that the name is not too long. */
    void checkEntity(String entity) throws MalformedRecordException {
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
     * Checks that an event time is not before 1970, and not too far ahead of Kafka's timestamp.
     *
     * @param eventTime milliseconds since 1970 UTC
     * @param kafkaTime the record's timestamp in Kafka, milliseconds since 1970 UTC; negative if the record has none
     */
    void checkEventTime(long eventTime, long kafkaTime) throws MalformedRecordException {
        if (eventTime < 0) {
            throw new MalformedRecordException(
                    RejectionReason.IMPOSSIBLE_TIME, "the event time " + eventTime + " is before 1970");
        }
        // Neither time is negative here, so the difference cannot overflow.
        if (kafkaTime >= 0 && eventTime - kafkaTime > maxAheadMillis) {
            throw new MalformedRecordException(
                    RejectionReason.IMPOSSIBLE_TIME,
                    "the event time " + eventTime + " is " + (eventTime - kafkaTime)
                            + " ms ahead of the record's Kafka timestamp " + kafkaTime + ", at most " + maxAheadMillis
                            + " ms are allowed");
        }
    }
}
