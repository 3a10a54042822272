package dev.noether.cli.heartbeat;

/** The kinds of faults of a simulated heartbeat. Each concerns one beat. Its values stay in the usual range. */
public enum BeatFault {
    /** The beat comes a fifth of a period late. */
    LATE_BEAT,
    /** The beat lasts half as long again. */
    WIDE_BEAT,
    /** The beat does not come. */
    MISSING_BEAT,
    /** The beat has two peaks of middle height. */
    DOUBLE_BEAT
}
