package dev.noether.model.training;

/** Training did not stay finite, not even at a smaller learning rate. */
public final class TrainingDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what was trained, and at which learning rates. */
    public TrainingDivergedException(String message) {
        super(message);
    }
}
