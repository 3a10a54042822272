package dev.noether.schemas;

/**
 * How a job that recurs differs from its usual course. Both the Avro schema and the state of the incident tracker store
 * the position of a constant: the order must not change.
 */
public enum ScheduleDifference {
    /** It did not come. */
    ABSENT,
    /** It lasts longer than it ever did. */
    LONG,
    /** A kind that a later version added. */
    OTHER
}
