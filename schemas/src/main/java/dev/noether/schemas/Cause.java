package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

/**
 * One feature's part in an incident, at the moment of its largest deviation.
 *
 * @param feature the feature's name
 * @param deviation the deviation from the entity's usual value, in usual standard deviations; negative below it
 * @param observed the observed value at that moment, in the feature's own unit
 * @param expected the expected value at that moment
 * @param usualLow lower end of the usual range; NaN if unknown
 * @param usualHigh upper end of the usual range; NaN if unknown
 */
public record Cause(String feature, float deviation, float observed, float expected, float usualLow, float usualHigh) {
    public Cause {
        requireNonNull(feature, "feature");
    }

    /** Returns whether the observed value lies in the usual range; false if the range is unknown. */
    public boolean isInUsualRange() {
        return observed >= usualLow && observed <= usualHigh;
    }
}
