package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

/**
 * One feature's part in a score.
 *
 * @param feature the feature's name
 * @param share the feature's part of the score, in [0, 1]; the shares of a score sum to 1
 * @param observed the observed value, in the feature's own unit
 * @param expected the value that the model expected, in the same unit
 * @param deviation deviation of the observed value from the entity's usual value, in usual standard deviations;
 *     negative below it; 0 if unknown
 * @param usualLow lower end of the usual range, in the feature's own unit; NaN if unknown
 * @param usualHigh upper end of the usual range; NaN if unknown
 */
public record Contribution(
        String feature, float share, float observed, float expected, float deviation, float usualLow, float usualHigh) {
    public Contribution {
        requireNonNull(feature, "feature");
    }

    /** Makes a contribution without a deviation and without a usual range. */
    public Contribution(String feature, float share, float observed, float expected) {
        this(feature, share, observed, expected, 0, Float.NaN, Float.NaN);
    }
}
