package dev.noether.flink.retrain;

import dev.noether.model.training.TrainingRefusedException;

/** The observations topic has no observation in the range of the training. */
public final class NoObservationsException extends TrainingRefusedException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message the topic or the range
     */
    public NoObservationsException(String message) {
        super(message);
    }
}
