package dev.noether.incident.rule;

import dev.noether.incident.evidence.FeatureEvidence;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All rules of a detector. An anomalous score is suppressed during maintenance, and when the features whose deviation
 * counts hold less than half of the score.
 *
 * <p>Not thread safe, like the calendar.
 *
 * @param features rules of single features, by feature name
 * @param calendar the maintenance windows
 */
public record RuleBook(Map<String, FeatureRule> features, MaintenanceCalendar calendar) {
    private static final double HALF = 0.5;

    public RuleBook {
        features = Map.copyOf(features);
    }

    /**
     * Returns the reason why an anomalous score must not alert anybody; null if it may.
     *
     * @param entity the entity's name
     * @param time event time of the score, milliseconds
     * @param evidence the features' parts of the score; if empty, only the calendar decides
     */
    public @Nullable String suppression(String entity, long time, List<FeatureEvidence> evidence) {
        String maintenance = calendar.maintenance(entity, time);
        return maintenance != null ? maintenance : objection(evidence);
    }

    /**
     * Returns the objection to the largest feature that does not count, if the others hold less than half of the score.
     */
    private @Nullable String objection(List<FeatureEvidence> evidence) {
        if (features.isEmpty() || evidence.isEmpty()) {
            return null;
        }
        double counting = 0;
        double all = 0;
        float largest = -1;
        @Nullable String reason = null;
        for (FeatureEvidence feature : evidence) {
            FeatureRule rule = features.get(feature.feature());
            String objection = rule == null ? null : rule.objection(feature);
            all += feature.share();
            if (objection == null) {
                counting += feature.share();
            } else if (feature.share() > largest) {
                largest = feature.share();
                reason = objection;
            }
        }
        return counting < HALF * all ? reason : null;
    }
}
