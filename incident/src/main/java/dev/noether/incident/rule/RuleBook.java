package dev.noether.incident.rule;

import dev.noether.incident.tracker.FeatureEvidence;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All rules of a detector. An anomalous score is suppressed while maintenance is, and where the features that count hold less
 * than half of it.
 *
 * <p>Not thread safe: the calendar keeps what it has found.
 *
 * @param features the rules of single features, by name
 * @param calendar when maintenance is
 */
public record RuleBook(Map<String, FeatureRule> features, MaintenanceCalendar calendar) {
    private static final double HALF = 0.5;

    public RuleBook {
        features = Map.copyOf(features);
    }

    /**
     * Why an anomalous score must not wake anybody; null where it may.
     *
     * @param entity the entity's name
     * @param time the score's event time, milliseconds
     * @param evidence the features' parts; where there are none, only the calendar speaks
     */
    public @Nullable String suppression(String entity, long time, List<FeatureEvidence> evidence) {
        String maintenance = calendar.maintenance(entity, time);
        return maintenance != null ? maintenance : objection(evidence);
    }

    /** The objection to the largest of the features that do not count, if those that do hold less than half. */
    private @Nullable String objection(List<FeatureEvidence> evidence) {
        if (features.isEmpty() || evidence.isEmpty()) {
            return null;
        }
        double counting = 0;
        double all = 0;
        float largest = -1;
        @Nullable String reason = null;
        for (FeatureEvidence one : evidence) {
            FeatureRule rule = features.get(one.feature());
            String objection = rule == null ? null : rule.objection(one);
            all += one.share();
            if (objection == null) {
                counting += one.share();
            } else if (one.share() > largest) {
                largest = one.share();
                reason = objection;
            }
        }
        return counting < HALF * all ? reason : null;
    }
}
