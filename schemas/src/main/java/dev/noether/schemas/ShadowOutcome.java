package dev.noether.schemas;

/**
 * The state of a shadow. The codec writes the position of a constant in the Avro schema: the order must not change.
 */
public enum ShadowOutcome {
    /** The challenger scores in shadow, or will. */
    RUNNING,
    /** Every figure is within its limit. The challenger is promoted, or waits for a person. */
    PASSED,
    /** A figure is outside of its limit, or the challenger was replaced by another one. */
    FAILED,
    /** An outcome that this version does not know. */
    OTHER
}
