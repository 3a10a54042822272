package dev.noether.console.store;

/** The store cannot be read or written. The message says what to do. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception. */
    public StoreException(String message) {
        super(message);
    }

    /** Makes an exception with its cause. */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
