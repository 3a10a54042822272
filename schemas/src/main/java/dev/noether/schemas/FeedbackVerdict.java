package dev.noether.schemas;

/** What a person says of an incident. The order is the order of the symbols in the Avro schema. */
public enum FeedbackVerdict {
    /** It was real. */
    CONFIRMED,
    /** It was a false alarm. */
    DISMISSED
}
