package dev.noether.testing.deployment;

/** A process of a {@link ProcessStack} did not do what it was started for; the message has the end of its log. */
public final class ProcessFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProcessFailedException(String message) {
        super(message);
    }
}
