package dev.noether.flink.retrain;

/** A training failed and there is no new model. The message gives the reason in one line. */
public final class RetrainingException extends Exception {
    private static final long serialVersionUID = 1L;

    public RetrainingException(String message, Throwable cause) {
        super(message, cause);
    }

    public RetrainingException(String message) {
        super(message);
    }
}
