package dev.noether.schemas;

/** Why a record was rejected. The order is the order of the symbols in the Avro schema. */
public enum RejectionReason {
    /** No value, or one of no bytes. */
    EMPTY,
    /** More bytes than an observation may have. */
    TOO_LARGE,
    /** The single-object marker {@code C3 01} is missing. */
    NOT_AVRO,
    /** The writer's schema fingerprint is not in the schema store. */
    UNKNOWN_SCHEMA,
    /** The marker and the fingerprint are right, but the body is cut short, too long or damaged. */
    MALFORMED,
    /** Positional features of another feature schema. */
    UNKNOWN_FEATURE_SCHEMA,
    /** Positional features, but not as many as the feature schema has. */
    WRONG_FEATURE_COUNT,
    /** Named features without one that the feature schema has. */
    MISSING_FEATURE,
    /** A feature is NaN or infinite. */
    NOT_FINITE,
    /** The entity is empty. */
    NO_ENTITY,
    /** The event time cannot be meant: before 1970, or too far ahead of the record's Kafka timestamp. */
    IMPOSSIBLE_TIME,
    /** A reason that this version does not know. */
    OTHER
}
