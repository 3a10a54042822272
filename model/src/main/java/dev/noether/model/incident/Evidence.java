package dev.noether.model.incident;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One anomalous score.
 *
 * @param time event time of the judged row, milliseconds
 * @param alarmScore what exceeded the threshold
 * @param threshold the threshold
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
    /** By how much the score exceeds its threshold. */
    public double excess() {
        return alarmScore - threshold;
    }
}
