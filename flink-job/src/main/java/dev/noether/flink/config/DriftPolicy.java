package dev.noether.flink.config;

/** What the retrainer does when the scores show that normal behaviour has changed. */
public enum DriftPolicy {
    /** It does not look. */
    OFF,
    /** It logs a proposal to train. */
    PROPOSE,
    /** It trains. */
    TRAIN
}
