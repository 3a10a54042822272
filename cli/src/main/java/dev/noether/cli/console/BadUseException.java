package dev.noether.cli.console;

/** The command was given something it cannot work with; the message is one line that says what and what would be right. */
public final class BadUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes one. */
    public BadUseException(String message) {
        super(message);
    }
}
