package dev.noether.flink.config;

/** What happens to an observation that is later than the allowed disorder. */
public enum LatePolicy {
    /** It gets an UNSCORED score with the reason LATE, and is not added to the window. */
    MARK,
    /** It is scored as if it had arrived in time. */
    SCORE
}
