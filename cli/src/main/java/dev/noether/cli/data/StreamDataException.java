package dev.noether.cli.data;

/**
 * Recorded data cannot be used as they are. The message is one line that names the file, and where it can the line in
 * it, what was found there and what would be right.
 */
public final class StreamDataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes one. */
    public StreamDataException(String message) {
        super(message);
    }

    /** Makes one of an error below. */
    public StreamDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
