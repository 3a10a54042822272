package dev.noether.flink.config;

/** How to treat an observation whose event time is already in its entity's window. */
public enum DuplicatePolicy {
    /** As the same observation again: it is scored in place of the first and updates nothing. */
    REPEAT,
    /** As one more observation, because the clock is coarser than the interval between observations. */
    KEEP
}
