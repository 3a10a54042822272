package dev.noether.flink.release;

import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.alarm.BudgetDecision;
import dev.noether.model.alarm.TailCalibration;
import dev.noether.model.artifact.ModelArtifact;

/**
 * What a budget comes to for a model.
 *
 * @param perWindow alarms promised per window, in (0, 0.1]
 * @param decision whether the model's calibration can keep it
 */
public record PromisedRate(double perWindow, BudgetDecision decision) {
    /** The rate that a budget leaves for each window of the entities that the model was trained on. */
    public static PromisedRate of(AlarmBudget budget, ModelArtifact model) {
        double rate = budget.ratePerWindow(
                model.rowInterval(), Math.max(1, model.entityBaselines().size()));
        return new PromisedRate(
                Math.min(rate, TailCalibration.TAIL_SHARE), model.calibration().decide(rate));
    }
}
