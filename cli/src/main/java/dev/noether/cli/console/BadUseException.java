package dev.noether.cli.console;

import java.util.function.Supplier;

/** An option or an input is not valid. The message is one line with the actual and the expected value. */
public final class BadUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception. */
    public BadUseException(String message) {
        super(message);
    }

    /**
     * Calls a factory and converts an {@link IllegalArgumentException} into a {@link BadUseException} with the same
     * message.
     *
     * @param factory factory that checks its arguments
     * @return result of the factory
     */
    public static <T> T checked(Supplier<T> factory) {
        try {
            return factory.get();
        } catch (IllegalArgumentException exception) {
            throw new BadUseException(String.valueOf(exception.getMessage()));
        }
    }
}
