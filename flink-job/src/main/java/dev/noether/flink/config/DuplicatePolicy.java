package dev.noether.flink.config;

/** What an observation is whose event time its entity's window already holds. */
public enum DuplicatePolicy {
    /** The same observation again: it is scored in the place of the first and teaches nothing. */
    REPEAT,
    /** One more observation: the clock is coarser than the interval. */
    KEEP
}
