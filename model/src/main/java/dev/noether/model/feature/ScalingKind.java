package dev.noether.model.feature;

/** Estimators of the centre and the scale of a feature. */
public enum ScalingKind {
    /** Mean and standard deviation. Every training value counts, bursts too. */
    STANDARD,
    /** Median and interquartile range / 1.349. Bursts in the training data do not widen the scale. */
    ROBUST
}
