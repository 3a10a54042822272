package dev.noether.cli.stack;

/** The embedded stack cannot start, or has ended by itself; the message is one line. */
public final class StackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StackException(String message, Throwable cause) {
        super(message, cause);
    }

    StackException(String message) {
        super(message);
    }
}
