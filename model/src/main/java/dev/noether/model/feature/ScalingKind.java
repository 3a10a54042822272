package dev.noether.model.feature;

/** How the centre and the scale of a feature are estimated. */
public enum ScalingKind {
    /** Mean and standard deviation: every training value counts, bursts included. */
    STANDARD,
    /** Median and interquartile range / 1.349: bursts in the training data do not widen the scale. */
    ROBUST
}
