package dev.noether.flink.config;

/** What happens to an observation that came later than the allowed disorder. */
public enum LatePolicy {
    /** It gets an UNSCORED score with the reason LATE, and does not enter the window. */
    MARK,
    /** It is scored as if it had come in time. */
    SCORE
}
