package dev.noether.cli.stack;

import dev.noether.flink.job.RetrainingException;
import dev.noether.schemas.ModelRelease;

/** One run of the retraining, from the history to the announced release. */
@FunctionalInterface
public interface Retraining {
    /**
     * Trains and announces a model.
     *
     * @throws RetrainingException if there is none afterwards
     * @throws dev.noether.model.training.TrainingRefusedException if no model can be made of the observations
     */
    ModelRelease run() throws RetrainingException;
}
