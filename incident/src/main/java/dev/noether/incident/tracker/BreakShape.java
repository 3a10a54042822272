package dev.noether.incident.tracker;

/** In which way a feature broke. The order stands in checkpoints. */
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
    /** None of these can be told. */
    UNKNOWN
}
