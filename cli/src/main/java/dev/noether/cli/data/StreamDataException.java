package dev.noether.cli.data;

import dev.noether.cli.console.FailureReason;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Recorded data are not valid. The message is one line with the file, if possible the line number, the actual content
 * and the expected content.
 */
public final class StreamDataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception. */
    public StreamDataException(String message) {
        super(message);
    }

    /** Makes an exception for a file or folder that cannot be read. */
    public static StreamDataException unreadable(Path place, IOException cause) {
        return new StreamDataException(place + " cannot be read: " + FailureReason.of(cause), cause);
    }

    /** Makes an exception with a cause. */
    public StreamDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
