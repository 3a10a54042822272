package dev.noether.model.training;

/** A history from which no model can be made; the message says how much there is and how much it takes. */
public final class HistoryTooShortException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public HistoryTooShortException(String message) {
        super(message);
    }
}
