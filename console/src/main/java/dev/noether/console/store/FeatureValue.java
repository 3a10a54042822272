package dev.noether.console.store;

/**
 * The value of a feature in one row.
 *
 * @param name name of the feature
 * @param observed value that was reported
 * @param expected value that was expected; NaN if unknown
 * @param usualLow lower end of the usual range; NaN if unknown
 * @param usualHigh upper end of it; NaN if unknown
 */
public record FeatureValue(String name, float observed, float expected, float usualLow, float usualHigh) {}
