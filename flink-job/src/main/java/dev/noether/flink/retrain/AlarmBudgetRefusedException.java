package dev.noether.flink.retrain;

import dev.noether.model.training.TrainingRefusedException;

/** The held-out scores of the history cannot support the alarm budget. */
public final class AlarmBudgetRefusedException extends TrainingRefusedException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message why the budget cannot be kept
     */
    public AlarmBudgetRefusedException(String message) {
        super(message);
    }
}
