package dev.noether.console.http;

/** The server cannot start. The message says why. */
public final class ServerStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception. */
    public ServerStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
