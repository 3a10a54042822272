package dev.noether.schemas;

/**
 * Reports bytes that are not a valid record of the expected type. Has no stack trace, because the fault is in the data.
 */
public final class MalformedRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;

    public MalformedRecordException(RejectionReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** Returns the kind of fault. */
    public RejectionReason reason() {
        return reason;
    }
}
