package dev.noether.cli.data;

import dev.noether.cli.console.FailureReason;
import java.io.IOException;
import java.nio.file.Path;

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

    /** Makes one of a file or folder that cannot be read. */
    public static StreamDataException unreadable(Path place, IOException cause) {
        return new StreamDataException(place + " cannot be read: " + FailureReason.of(cause), cause);
    }

    /** Makes one of an error below. */
    public StreamDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
