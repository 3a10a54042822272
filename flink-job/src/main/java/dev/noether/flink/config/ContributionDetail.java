package dev.noether.flink.config;

/** Which scores say how much each feature contributed. */
public enum ContributionDetail {
    /** None. */
    NONE,
    /** Those with the verdict ANOMALOUS. */
    ANOMALOUS,
    /** All that a model made: costs about 20 bytes for each feature of each score. */
    ALL
}
