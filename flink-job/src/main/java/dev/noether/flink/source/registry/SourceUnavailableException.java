package dev.noether.flink.source.registry;

/** Reports that records cannot be read now, although they may be good. None of them may be rejected for it. */
public final class SourceUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SourceUnavailableException(String message) {
        super(message);
    }

    public SourceUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
