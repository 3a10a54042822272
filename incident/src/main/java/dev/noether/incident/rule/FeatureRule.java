package dev.noether.incident.rule;

import dev.noether.incident.tracker.FeatureEvidence;
import org.jspecify.annotations.Nullable;

/**
 * What must be so before a feature counts.
 *
 * @param direction in which it must have gone; null for any
 * @param least by how much it must deviate from what was expected at least, in its own unit; 0 for any deviation
 * @param leastRelative the same as a part of the expected value; 0 for any deviation
 */
public record FeatureRule(@Nullable Direction direction, double least, double leastRelative) {
    /** In which direction a feature must have gone. */
    public enum Direction {
        UP,
        DOWN
    }

    public FeatureRule {
        if (!(least >= 0) || !(leastRelative >= 0)) {
            throw new IllegalArgumentException(
                    "deviations of a rule must not be negative (got " + least + " and " + leastRelative + ")");
        }
    }

    /** Why the feature does not count; null if it does. */
    public @Nullable String objection(FeatureEvidence evidence) {
        double deviation = (double) evidence.observed() - evidence.expected();
        String feature = evidence.feature();
        if (direction == Direction.UP && deviation < 0) {
            return "direction: " + feature + " fell, only its rise counts";
        }
        if (direction == Direction.DOWN && deviation > 0) {
            return "direction: " + feature + " rose, only its fall counts";
        }
        if (Math.abs(deviation) < least) {
            return "deviation: " + feature + " deviates by less than " + least;
        }
        if (Math.abs(deviation) < leastRelative * Math.abs(evidence.expected())) {
            return "deviation: " + feature + " deviates by less than " + leastRelative + " of what was expected";
        }
        return null;
    }
}
