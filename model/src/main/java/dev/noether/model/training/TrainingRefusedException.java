package dev.noether.model.training;

/**
 * No model can be made of this history under these options. Each subclass is one fault; the message names the amount
 * that exists and the amount that is required. The caller can report it without a stack trace.
 */
public abstract class TrainingRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message the fault, in one line
     */
    protected TrainingRefusedException(String message) {
        super(message);
    }
}
