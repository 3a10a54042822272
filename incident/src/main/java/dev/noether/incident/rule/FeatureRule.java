package dev.noether.incident.rule;

import dev.noether.incident.evidence.FeatureEvidence;
import org.jspecify.annotations.Nullable;

/**
 * The condition under which a deviation of a feature counts.
 *
 * @param direction direction in which the feature must deviate; null for any direction
 * @param minDeviation smallest deviation from the expected value, in the feature's own unit; 0 for any deviation
 * @param minRelativeDeviation smallest deviation as a share of the expected value; 0 for any deviation
 */
public record FeatureRule(@Nullable Direction direction, double minDeviation, double minRelativeDeviation) {
    /** The direction of a deviation. */
    public enum Direction {
        UP,
        DOWN
    }

    public FeatureRule {
        if (!(minDeviation >= 0) || !(minRelativeDeviation >= 0)) {
            throw new IllegalArgumentException("deviations of a rule must not be negative (got " + minDeviation
                    + " and " + minRelativeDeviation + ")");
        }
    }

    /** Returns the reason why the deviation does not count; null if it counts. */
    public @Nullable String objection(FeatureEvidence evidence) {
        double deviation = (double) evidence.observed() - evidence.reference();
        String feature = evidence.feature();
        if (direction == Direction.UP && deviation < 0) {
            return "direction: " + feature + " fell, only its rise counts";
        }
        if (direction == Direction.DOWN && deviation > 0) {
            return "direction: " + feature + " rose, only its fall counts";
        }
        if (Math.abs(deviation) < minDeviation) {
            return "deviation: " + feature + " deviates by less than " + minDeviation;
        }
        if (Math.abs(deviation) < minRelativeDeviation * Math.abs(evidence.reference())) {
            return "deviation: " + feature + " deviates by less than " + minRelativeDeviation
                    + " of the expected value";
        }
        return null;
    }
}
