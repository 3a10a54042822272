package dev.noether.schemas;

/** Bytes that are no record of the expected kind, with the reason. Carries no stack trace: it is data, not a bug. */
public final class MalformedRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;

    public MalformedRecordException(RejectionReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** The kind of fault. */
    public RejectionReason reason() {
        return reason;
    }
}
