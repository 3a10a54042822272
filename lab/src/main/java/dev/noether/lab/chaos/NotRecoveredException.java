package dev.noether.lab.chaos;

/** The services did not score again within the longest time after a fault. */
public final class NotRecoveredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotRecoveredException(String message) {
        super(message);
    }
}
