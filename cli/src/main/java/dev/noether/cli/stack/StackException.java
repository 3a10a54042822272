package dev.noether.cli.stack;

/** The local stack cannot start, or its job has ended without being stopped. The message is one line. */
public final class StackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StackException(String message, Throwable cause) {
        super(message, cause);
    }

    public StackException(String message) {
        super(message);
    }
}
