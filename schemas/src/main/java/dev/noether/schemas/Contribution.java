package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

/**
 * One feature's part in a score.
 *
 * @param feature the feature's name
 * @param share its part of the whole, in [0, 1]; the shares of a score sum to 1
 * @param observed the value that was reported, in the feature's own unit
 * @param expected the value that the model expected, in the same unit
 * @param deviation squared deviation of the reported value from what is usual for the entity, in units of its usual
 *     variance; 0 where it is not known
 * @param usualLow lower end of the usual range, in the feature's own unit; NaN where it is not known
 * @param usualHigh upper end of the usual range; NaN where it is not known
 */
public record Contribution(
        String feature, float share, float observed, float expected, float deviation, float usualLow, float usualHigh) {
    public Contribution {
        requireNonNull(feature, "feature");
    }

    /** A contribution of which nothing is known about what is usual. */
    public Contribution(String feature, float share, float observed, float expected) {
        this(feature, share, observed, expected, 0, Float.NaN, Float.NaN);
    }
}
