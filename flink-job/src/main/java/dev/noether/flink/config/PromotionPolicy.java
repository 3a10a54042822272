package dev.noether.flink.config;

/** Who promotes a model that has passed its shadow. */
public enum PromotionPolicy {
    /** The retrainer. */
    AUTOMATIC,
    /** A person, with {@code noether models promote}. */
    MANUAL
}
