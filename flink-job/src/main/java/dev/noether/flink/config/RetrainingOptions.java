package dev.noether.flink.config;

import java.io.Serializable;

/**
 * When and how a model is trained.
 *
 * @param schedule when models are trained and take effect
 * @param rows rows that they are trained on
 * @param optimiser settings of the gradient descent
 * @param objective training method and its settings
 * @param gate settings of the gate that a new model passes
 */
public record RetrainingOptions(
        RetrainingSchedule schedule,
        TrainingRowsOptions rows,
        OptimiserOptions optimiser,
        ObjectiveOptions objective,
        GateOptions gate)
        implements Serializable {
    static RetrainingOptions of(OptionValues values) {
        return new RetrainingOptions(
                RetrainingSchedule.of(values),
                TrainingRowsOptions.of(values),
                OptimiserOptions.of(values),
                ObjectiveOptions.of(values),
                GateOptions.of(values));
    }
}
