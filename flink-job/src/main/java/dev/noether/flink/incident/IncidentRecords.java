package dev.noether.flink.incident;

import dev.noether.incident.tracker.Evidence;
import dev.noether.incident.tracker.FeatureEvidence;
import dev.noether.incident.tracker.IncidentReport;
import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Cause;
import dev.noether.schemas.Contribution;
import dev.noether.schemas.Diagnosis;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentGroup;
import dev.noether.schemas.IncidentIdentity;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentPeak;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import dev.noether.schemas.Score;
import dev.noether.schemas.Severity;
import dev.noether.schemas.StuckFeature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Between the contracts, which the world reads, and the model's own words for the same. */
final class IncidentRecords {
    private IncidentRecords() {}

    static List<FeatureEvidence> features(Score score) {
        List<FeatureEvidence> features = new ArrayList<>(score.contributions().size());
        for (Contribution one : score.contributions()) {
            features.add(feature(one, repeats(score, one.feature())));
        }
        return features;
    }

    private static FeatureEvidence feature(Contribution one, int repeats) {
        return new FeatureEvidence(
                one.feature(),
                one.share(),
                one.observed(),
                one.expected(),
                one.deviation(),
                one.usualLow(),
                one.usualHigh(),
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

    static Evidence evidence(Score score, List<FeatureEvidence> features, @Nullable String suppressed) {
        return new Evidence(
                score.eventTime(),
                score.alarm(),
                score.threshold(),
                score.pValue(),
                score.modelVersion(),
                features,
                suppressed);
    }

    /** Of a score that is not anomalous: the features that no longer move, and nothing of the others. */
    static Evidence stuck(Score score, @Nullable String suppressed) {
        List<FeatureEvidence> features = new ArrayList<>(score.stuck().size());
        double pValue = 1;
        for (StuckFeature stuck : score.stuck()) {
            pValue = Math.min(pValue, stuck.pValue());
            features.add(score.contributions().stream()
                    .filter(one -> one.feature().equals(stuck.feature()))
                    .map(one -> feature(one, stuck.observations()))
                    .findFirst()
                    .orElseGet(() -> unlisted(stuck)));
        }
        return new Evidence(
                score.eventTime(), Double.NaN, Double.NaN, pValue, score.modelVersion(), features, suppressed);
    }

    /** Where contributions are not asked for, neither is what was observed. */
    private static FeatureEvidence unlisted(StuckFeature stuck) {
        return new FeatureEvidence(
                stuck.feature(), 0, Float.NaN, Float.NaN, 0, Float.NaN, Float.NaN, stuck.observations());
    }

    static Incident incident(String detector, IncidentReport report) {
        return new Incident(
                new IncidentIdentity(
                        detector,
                        report.id(),
                        report.entity(),
                        IncidentKind.valueOf(report.kind().name())),
                IncidentState.valueOf(report.state().name()),
                Severity.valueOf(report.severity().name()),
                new IncidentTimes(report.start(), report.end(), report.time()),
                new IncidentPeak(
                        report.peakScore(),
                        report.peakTime(),
                        report.pValue(),
                        report.threshold(),
                        report.modelVersion()),
                report.count(),
                new Diagnosis(causes(report), BreakShape.valueOf(report.shape().name()), report.description()),
                new IncidentGroup(report.group(), report.members(), report.memberCount()),
                report.suppressed());
    }

    private static List<Cause> causes(IncidentReport report) {
        return report.leading().stream()
                .map(feature -> new Cause(
                        feature.feature(),
                        feature.deviation(),
                        feature.observed(),
                        feature.expected(),
                        feature.usualLow(),
                        feature.usualHigh()))
                .toList();
    }
}
