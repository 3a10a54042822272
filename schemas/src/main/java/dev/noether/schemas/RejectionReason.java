package dev.noether.schemas;

/**
 * The reason why a record was rejected. The codec writes the position of a constant in the Avro schema: the order must
 * not change.
 */
public enum RejectionReason {
    /** The record has no value, or an empty one. */
    EMPTY,
    /** The value is longer than an observation may be. */
    TOO_LARGE,
    /** The single-object marker {@code C3 01} is missing. */
    NOT_AVRO,
    /** The writer's schema fingerprint is not in the schema store. */
    UNKNOWN_SCHEMA,
    /** Marker and fingerprint are valid, but the body is cut short, too long or damaged. */
    MALFORMED,
    /** The positional features belong to another feature schema. */
    UNKNOWN_FEATURE_SCHEMA,
    /** The number of positional features differs from the feature schema. */
    WRONG_FEATURE_COUNT,
    /** A feature of the feature schema is missing among the named features. */
    MISSING_FEATURE,
    /** A feature is NaN or infinite. */
    NOT_FINITE,
    /** The entity has an empty name. */
    NO_ENTITY,
    /** The event time is before 1970, or too far ahead of the record's Kafka timestamp. */
    IMPOSSIBLE_TIME,
    /** A reason that this version does not know. */
    OTHER
}
