package dev.noether.schemas;

/**
 * A person's judgement of an incident; see {@link Feedback}. The codec writes the position of a constant in the Avro
 * schema: the order must not change.
 */
public enum FeedbackVerdict {
    /** The incident was real. */
    CONFIRMED,
    /** The incident was a false alarm. */
    DISMISSED,
    /** The judgement before does not count any more. */
    WITHDRAWN,
    /** A judgement that this version does not know. */
    OTHER
}
