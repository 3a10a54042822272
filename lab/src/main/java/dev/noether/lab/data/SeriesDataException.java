package dev.noether.lab.data;

/**
 * A file of series cannot be used as it is. The message is one line that names the file, and where it can the line in
 * it, what was found there and what would be right.
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
