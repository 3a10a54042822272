package dev.noether.schemas;

/**
 * The reason why an observation has no score. The codec writes the position of a constant in the Avro schema: the order
 * must not change.
 */
public enum UnscoredReason {
    /** No model was in force at the observation's event time. */
    COLD_START,
    /** The entity has not yet sent enough rows for a full window. */
    WARM_UP,
    /** The observation arrived later than the allowed disorder, and the policy marks late observations. */
    LATE,
    /** A reason that this version does not know. */
    OTHER
}
