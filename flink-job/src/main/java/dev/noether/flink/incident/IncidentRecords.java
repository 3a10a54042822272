package dev.noether.flink.incident;

import dev.noether.model.incident.Evidence;
import dev.noether.model.incident.FeatureEvidence;
import dev.noether.model.incident.IncidentReport;
import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Cause;
import dev.noether.schemas.Contribution;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.Score;
import dev.noether.schemas.Severity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Between the contracts, which the world reads, and the model's own words for the same. */
final class IncidentRecords {
    private IncidentRecords() {}

    static List<FeatureEvidence> features(Score score) {
        List<FeatureEvidence> features = new ArrayList<>(score.contributions().size());
        for (Contribution one : score.contributions()) {
            features.add(new FeatureEvidence(
                    one.feature(),
                    one.share(),
                    one.observed(),
                    one.expected(),
                    one.deviation(),
                    one.usualLow(),
                    one.usualHigh()));
        }
        return features;
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

    static Incident incident(String detector, IncidentReport report) {
        return new Incident(
                detector,
                report.id(),
                report.entity(),
                IncidentKind.valueOf(report.kind().name()),
                IncidentState.valueOf(report.state().name()),
                Severity.valueOf(report.severity().name()),
                report.start(),
                report.end(),
                report.time(),
                report.peakScore(),
                report.peakTime(),
                report.pValue(),
                report.threshold(),
                report.count(),
                causes(report),
                BreakShape.valueOf(report.shape().name()),
                report.description(),
                report.members(),
                report.memberCount(),
                report.group(),
                report.suppressed(),
                report.modelVersion());
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
