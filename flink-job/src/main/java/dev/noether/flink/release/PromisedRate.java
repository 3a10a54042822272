package dev.noether.flink.release;

import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.alarm.BudgetDecision;
import dev.noether.model.alarm.TailCalibration;
import dev.noether.model.artifact.ModelArtifact;

/**
 * The alarm rate that a budget allows a model.
 *
 * @param perWindow promised alarms per window, in (0, 0.1]
 * @param decision whether the model's calibration has enough scores for the rate
 */
public record PromisedRate(double perWindow, BudgetDecision decision) {
    /** Returns the rate per window that a budget allows the entities that the model was trained on. */
    public static PromisedRate of(AlarmBudget budget, ModelArtifact model) {
        double rate = budget.ratePerWindow(
                model.rowInterval(), Math.max(1, model.entityBaselines().size()));
        return new PromisedRate(
                Math.min(rate, TailCalibration.TAIL_SHARE), model.calibration().decide(rate));
    }
}
