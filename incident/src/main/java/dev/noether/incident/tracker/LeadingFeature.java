package dev.noether.incident.tracker;

/**
 * One feature's part in an incident, at the moment when it deviated most.
 *
 * @param feature its name
 * @param deviation the largest squared deviation over the incident
 * @param observed the value that was reported then
 * @param expected the value that was expected then
 * @param usualLow lower end of the usual range; NaN where it is not known
 * @param usualHigh upper end of the usual range; NaN where it is not known
 */
public record LeadingFeature(
        String feature, float deviation, float observed, float expected, float usualLow, float usualHigh) {
    /** Whether the value lies in its usual range; false where that is not known. */
    public boolean isUsual() {
        return observed >= usualLow && observed <= usualHigh;
    }
}
