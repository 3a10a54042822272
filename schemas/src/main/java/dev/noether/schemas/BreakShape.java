package dev.noether.schemas;

/**
 * How a feature deviated during an incident. Both the Avro schema and the state of the incident tracker store the
 * position of a constant: the order must not change.
 */
public enum BreakShape {
    /** It stays away from the expected value. */
    LEVEL,
    /** It left the expected value for a moment. */
    SPIKE,
    /** Its value no longer changes. */
    STUCK,
    /** Two features are each in their usual range, but not in their usual relation. */
    CORRELATION,
    /** It moved away from the expected value step by step. */
    DRIFT,
    /** It is no longer reported. */
    SILENCE,
    /** No shape was recognised. */
    UNKNOWN
}
