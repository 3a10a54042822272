package dev.noether.flink.config;

/** Which scores list the contribution of each feature. */
public enum ContributionDetail {
    /** No score. */
    NONE,
    /** Scores with the verdict ANOMALOUS. */
    ANOMALOUS,
    /** Every score of a model; costs about 20 bytes for each feature of each score. */
    ALL
}
