package dev.noether.flink.judgement;

/** A judgement that cannot be recorded. The message is one line with the reason. */
public final class FeedbackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why a judgement cannot be recorded. */
    public enum Reason {
        /** No incident has the id, or several have. */
        NO_INCIDENT,
        /** The incident has no judgement that counts. */
        NOTHING_TO_WITHDRAW,
        /** A text of the judgement is too long. */
        NOT_ALLOWED
    }

    /** Makes an exception. */
    public FeedbackException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Returns why. */
    public Reason reason() {
        return reason;
    }
}
