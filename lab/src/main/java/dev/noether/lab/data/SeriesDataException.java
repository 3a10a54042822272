package dev.noether.lab.data;

/**
 * A file of series cannot be used. The message is one line with the file, the line in it if there is one, the invalid
 * content, and the expected content.
 */
public final class SeriesDataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SeriesDataException(String message) {
        super(message);
    }

    SeriesDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
