package dev.noether.model.artifact;

/** An artifact cannot be used; the message is the reason. */
public final class ArtifactException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The kinds of fault. */
    public enum Fault {
        /** The hash of the bytes differs from the expected one. */
        HASH_MISMATCH,
        /** The bytes are not an artifact, or are damaged. */
        UNREADABLE,
        /** The format is newer than this build can read. */
        FUTURE_FORMAT,
        /** The model was trained for other features or another window. */
        OTHER_FEATURE_SCHEMA,
        /** A number is infinite or NaN, or parts do not fit together. */
        INVALID_CONTENT
    }

    private final Fault fault;

    /** Makes the exception. */
    public ArtifactException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    /** The kind of fault. */
    public Fault fault() {
        return fault;
    }
}
