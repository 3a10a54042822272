package dev.noether.schemas;

/** Why an observation got no score. The order is the order of the symbols in the Avro schema. */
public enum UnscoredReason {
    /** No model was in force at the observation's event time. */
    COLD_START,
    /** The entity has not yet sent enough rows for a full window. */
    WARM_UP,
    /** The observation came later than the allowed disorder, and the policy is to mark such ones. */
    LATE,
    /** A reason that this version does not know. */
    OTHER
}
