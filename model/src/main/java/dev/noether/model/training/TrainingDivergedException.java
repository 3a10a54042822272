package dev.noether.model.training;

/** The loss became infinite or NaN, even at the smallest learning rate that was tried. */
public final class TrainingDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message the network and the learning rates that were tried
     */
    public TrainingDivergedException(String message) {
        super(message);
    }
}
