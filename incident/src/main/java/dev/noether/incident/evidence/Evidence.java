package dev.noether.incident.evidence;

import dev.noether.schemas.ScheduleFinding;
import dev.noether.schemas.ShapeFinding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An anomalous score, or a score of an entity with a stuck feature.
 *
 * @param time event time of the newest row, milliseconds
 * @param alarmScore the score that exceeds the threshold; NaN if only a stuck feature is reported
 * @param threshold the threshold; NaN if only a stuck feature is reported
 * @param pValue share of normal windows that score at least as high; NaN if unknown
 * @param modelVersion version of the model
 * @param features the features' parts in any order; may be empty
 * @param suppressed reason why the score must not alert anybody; null if it may
 * @param shape how the shape of the signal differs; null if it does not
 * @param modelHash hash of the model; null if it is unknown
 * @param schedule a job that recurs, and did not come or does not end; null if there is none
 */
public record Evidence(
        long time,
        double alarmScore,
        double threshold,
        double pValue,
        long modelVersion,
        List<FeatureEvidence> features,
        @Nullable String suppressed,
        @Nullable ShapeFinding shape,
        @Nullable String modelHash,
        @Nullable ScheduleFinding schedule) {
    /** Makes evidence without a job that recurs. */
    public Evidence(
            long time,
            double alarmScore,
            double threshold,
            double pValue,
            long modelVersion,
            List<FeatureEvidence> features,
            @Nullable String suppressed,
            @Nullable ShapeFinding shape,
            @Nullable String modelHash) {
        this(time, alarmScore, threshold, pValue, modelVersion, features, suppressed, shape, modelHash, null);
    }

    /** Makes evidence without a finding of the shape view and without the hash of the model. */
    public Evidence(
            long time,
            double alarmScore,
            double threshold,
            double pValue,
            long modelVersion,
            List<FeatureEvidence> features,
            @Nullable String suppressed) {
        this(time, alarmScore, threshold, pValue, modelVersion, features, suppressed, null, null);
    }

    /** Returns the same evidence with the reason why it must not alert anybody. */
    public Evidence suppressedBy(String reason) {
        return new Evidence(
                time, alarmScore, threshold, pValue, modelVersion, features, reason, shape, modelHash, schedule);
    }

    /** Returns whether the score exceeds its threshold. */
    public boolean isAnomalous() {
        return !Double.isNaN(alarmScore);
    }

    /** Returns whether a feature is stuck. */
    public boolean isStuck() {
        for (FeatureEvidence feature : features) {
            if (feature.repeats() > 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns the difference between the score and its threshold. */
    public double excess() {
        return alarmScore - threshold;
    }
}
