package dev.noether.model.training;

/** Training did not stay finite, not even at a hundredth of the learning rate. */
public final class TrainingDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TrainingDivergedException(String message) {
        super(message);
    }
}
