package dev.noether.lab.evaluate.detect;

import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.schemas.Incident;
import java.util.List;

/**
 * What the detector would have said of many entities.
 *
 * @param entities an output for each entity, in the order of the series
 * @param incidents the incidents that would have been told, by their starts: without suppressed ones, and with an
 *     outbreak in place of its members
 * @param model the model
 * @param budget the budget that the verdicts keep
 * @param refusal why the retrainer would refuse the model; empty if it would not
 */
public record FleetOutput(
        List<DetectorOutput> entities,
        List<Incident> incidents,
        ModelArtifact model,
        AlarmBudget budget,
        String refusal) {
    /** Copies the lists. */
    public FleetOutput {
        entities = List.copyOf(entities);
        incidents = List.copyOf(incidents);
    }
}
