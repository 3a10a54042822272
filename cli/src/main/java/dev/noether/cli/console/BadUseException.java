package dev.noether.cli.console;

import java.util.function.Supplier;

/** The command was given something it cannot work with; the message is one line that says what and what would be right. */
public final class BadUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes one. */
    public BadUseException(String message) {
        super(message);
    }

    /** Makes something of what the command was given: an argument that is refused is bad use, in the words of the refusal. */
    public static <T> T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException exception) {
            throw new BadUseException(String.valueOf(exception.getMessage()));
        }
    }
}
