package dev.noether.flink.incident;

import dev.noether.incident.evidence.Evidence;
import dev.noether.incident.evidence.FeatureEvidence;
import dev.noether.schemas.Contribution;
import dev.noether.schemas.Score;
import dev.noether.schemas.StuckFeature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Extracts from a score the evidence for an incident. */
final class ScoreEvidence {
    private ScoreEvidence() {}

    /** Returns the evidence of all features that the score lists. */
    static List<FeatureEvidence> features(Score score) {
        List<FeatureEvidence> features = new ArrayList<>(score.contributions().size());
        for (Contribution contribution : score.contributions()) {
            features.add(feature(contribution, repeats(score, contribution.feature())));
        }
        return features;
    }

    private static FeatureEvidence feature(Contribution contribution, int repeats) {
        return new FeatureEvidence(
                contribution.feature(),
                contribution.share(),
                contribution.observed(),
                contribution.expected(),
                contribution.deviation(),
                contribution.usualLow(),
                contribution.usualHigh(),
                repeats);
    }

    private static int repeats(Score score, String feature) {
        for (StuckFeature stuck : score.stuck()) {
            if (stuck.feature().equals(feature)) {
                return stuck.observations();
            }
        }
        return 0;
    }

    /** Returns the evidence of an anomalous score. */
    static Evidence ofAnomaly(Score score, List<FeatureEvidence> features, @Nullable String suppressed) {
        return new Evidence(
                score.eventTime(),
                score.alarm(),
                score.threshold(),
                score.pValue(),
                score.modelVersion(),
                features,
                suppressed,
                score.shapeFinding(),
                score.modelHash(),
                score.scheduleFinding());
    }

    /** Returns the evidence of a score that is not anomalous: its stuck features, and no others. */
    static Evidence ofStuckFeatures(Score score, @Nullable String suppressed) {
        List<FeatureEvidence> features = new ArrayList<>(score.stuck().size());
        double pValue = 1;
        for (StuckFeature stuck : score.stuck()) {
            pValue = Math.min(pValue, stuck.pValue());
            features.add(stuckFeature(score, stuck));
        }
        return new Evidence(
                score.eventTime(),
                Double.NaN,
                Double.NaN,
                pValue,
                score.modelVersion(),
                features,
                suppressed,
                null,
                score.modelHash());
    }

    private static FeatureEvidence stuckFeature(Score score, StuckFeature stuck) {
        for (Contribution contribution : score.contributions()) {
            if (contribution.feature().equals(stuck.feature())) {
                return feature(contribution, stuck.observations());
            }
        }
        // Without contributions, the observed value is unknown.
        return new FeatureEvidence(
                stuck.feature(), 0, Float.NaN, Float.NaN, 0, Float.NaN, Float.NaN, stuck.observations());
    }
}
