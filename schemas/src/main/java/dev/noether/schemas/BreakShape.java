package dev.noether.schemas;

/** In which way a feature broke. The order is the order of the symbols in the Avro schema. */
public enum BreakShape {
    /** It stays away from what is expected. */
    LEVEL,
    /** It was away for a moment. */
    SPIKE,
    /** It no longer moves. */
    STUCK,
    /** Each of two features is usual, but not together. */
    CORRELATION,
    /** It went away step by step. */
    DRIFT,
    /** It is not reported any more. */
    SILENCE,
    /** None of these could be told. */
    UNKNOWN
}
