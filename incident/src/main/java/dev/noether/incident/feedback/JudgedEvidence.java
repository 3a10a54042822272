package dev.noether.incident.feedback;

import dev.noether.incident.evidence.Evidence;
import dev.noether.incident.evidence.FeatureEvidence;
import dev.noether.schemas.Cause;
import dev.noether.schemas.JudgedIncident;
import dev.noether.schemas.Score;
import java.util.ArrayList;
import java.util.List;

/** The score that a judged incident would have at its peak: what it tells of an incident's kind. */
final class JudgedEvidence {
    private JudgedEvidence() {}

    /**
     * Returns the evidence of an incident, as if it happened at an event time. Features share the score by their
     * deviations.
     */
    static Evidence of(JudgedIncident judged, long time) {
        boolean isStuck = Double.isNaN(judged.peakScore());
        List<Cause> causes = judged.diagnosis().causes();
        double sum = causes.stream().mapToDouble(Cause::deviation).sum();
        List<FeatureEvidence> features = new ArrayList<>();
        for (Cause cause : causes) {
            features.add(new FeatureEvidence(
                    cause.feature(),
                    (float) (sum > 0 ? cause.deviation() / sum : 1.0 / causes.size()),
                    cause.observed(),
                    cause.expected(),
                    cause.deviation(),
                    cause.usualLow(),
                    cause.usualHigh(),
                    isStuck ? 1 : 0));
        }
        return new Evidence(
                time,
                judged.peakScore(),
                judged.threshold(),
                judged.pValue(),
                Score.NO_MODEL,
                features,
                null,
                judged.diagnosis().shapeFinding());
    }
}
