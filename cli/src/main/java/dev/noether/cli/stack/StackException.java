package dev.noether.cli.stack;

/** The embedded stack cannot start, or has ended by itself; the message is one line. */
public final class StackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StackException(String message, Throwable cause) {
        super(message, cause);
    }

    public StackException(String message) {
        super(message);
    }
}
