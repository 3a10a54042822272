package dev.noether.incident.tracker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One anomalous score, or one of an entity of which a feature no longer moves.
 *
 * @param time event time of the judged row, milliseconds
 * @param alarmScore what exceeded the threshold; NaN where nothing did and a feature stands still
 * @param threshold the threshold; NaN in the same case
 * @param pValue share of normal windows at least this strange; NaN when unknown
 * @param modelVersion version of the model
 * @param features the features' parts, in any order; may be empty
 * @param suppressed why it must not wake anybody; null where it may
 */
public record Evidence(
        long time,
        double alarmScore,
        double threshold,
        double pValue,
        long modelVersion,
        List<FeatureEvidence> features,
        @Nullable String suppressed) {
    /** Whether the score exceeds its threshold. */
    boolean isAnomalous() {
        return !Double.isNaN(alarmScore);
    }

    /** Whether a feature no longer moves. */
    boolean isStuck() {
        for (FeatureEvidence feature : features) {
            if (feature.repeats() > 0) {
                return true;
            }
        }
        return false;
    }

    /** By how much the score exceeds its threshold. */
    public double excess() {
        return alarmScore - threshold;
    }
}
