package dev.noether.flink.config;

/** How raw feature values are brought to one scale. */
public enum Scaling {
    /** Mean and standard deviation. */
    STANDARD,
    /** Median and interquartile range: outliers in the history do not stretch the scale. */
    ROBUST
}
