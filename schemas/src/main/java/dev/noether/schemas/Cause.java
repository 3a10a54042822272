package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

/**
 * One feature's part in an incident, at the moment when it deviated most.
 *
 * @param feature the feature's name
 * @param deviation the largest squared deviation over the incident, in units of the entity's usual variance
 * @param observed the value that was reported then, in the feature's own unit
 * @param expected the value that was expected then
 * @param usualLow lower end of the usual range; NaN where it is not known
 * @param usualHigh upper end of the usual range; NaN where it is not known
 */
public record Cause(String feature, float deviation, float observed, float expected, float usualLow, float usualHigh) {
    public Cause {
        requireNonNull(feature, "feature");
    }
}
