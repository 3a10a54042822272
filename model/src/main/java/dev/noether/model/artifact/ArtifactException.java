package dev.noether.model.artifact;

/** An artifact that cannot be used, with the reason in words. */
public final class ArtifactException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The kinds of fault. */
    public enum Fault {
        /** The bytes are not those that were announced. */
        HASH_MISMATCH,
        /** The bytes are no artifact, or a damaged one. */
        UNREADABLE,
        /** Written by a later format than this build reads. */
        FUTURE_FORMAT,
        /** Trained for other features or another window. */
        OTHER_FEATURE_SCHEMA,
        /** A number is infinite or NaN, or the parts do not fit together. */
        INVALID_CONTENT
    }

    private final Fault fault;

    public ArtifactException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    /** The kind of fault. */
    public Fault fault() {
        return fault;
    }
}
