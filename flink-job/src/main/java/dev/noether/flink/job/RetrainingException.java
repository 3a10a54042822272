package dev.noether.flink.job;

/** A training that gave no model; the message says why in one line. The models in force stay so. */
public final class RetrainingException extends Exception {
    private static final long serialVersionUID = 1L;

    public RetrainingException(String message, Throwable cause) {
        super(message, cause);
    }

    public RetrainingException(String message) {
        super(message);
    }
}
