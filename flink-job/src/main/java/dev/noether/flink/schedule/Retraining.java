package dev.noether.flink.schedule;

import dev.noether.flink.retrain.RetrainingException;
import dev.noether.schemas.ModelRelease;

/** One training: reads the history, trains a model, stores it and announces its release. */
@FunctionalInterface
public interface Retraining {
    /**
     * Trains a model and announces it.
     *
     * @return the announced release
     * @throws RetrainingException if training failed; no model was announced
     * @throws dev.noether.model.training.TrainingRefusedException if no model can be made of the observations
     */
    ModelRelease run() throws RetrainingException;
}
