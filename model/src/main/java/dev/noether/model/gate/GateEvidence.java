package dev.noether.model.gate;

import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.training.EntityHistory;
import java.util.List;

/**
 * What the gate judges models on.
 *
 * @param features features of the detector
 * @param contextRows rows of an entity that a model may read, the judged one included
 * @param histories histories by entity; NaN is a missing value
 * @param heldOutFrom event time of the first row to judge
 * @param budget the alarm budget
 * @param incidents incidents that a person has confirmed
 * @param seed seed of the artificial breaks
 */
record GateEvidence(
        FeatureSchema features,
        int contextRows,
        List<EntityHistory> histories,
        long heldOutFrom,
        AlarmBudget budget,
        List<ConfirmedIncident> incidents,
        long seed) {
    GateEvidence {
        histories = List.copyOf(histories);
        incidents = List.copyOf(incidents);
    }

    /** The same evidence with other held-out rows. */
    GateEvidence from(long time) {
        return new GateEvidence(features, contextRows, histories, time, budget, incidents, seed);
    }
}
