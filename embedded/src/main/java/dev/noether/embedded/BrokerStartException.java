package dev.noether.embedded;

/** An {@link EmbeddedBroker} could not be started; the message is one line that a user can act on. */
public sealed class BrokerStartException extends RuntimeException permits PortInUseException {
    private static final long serialVersionUID = 1L;

    BrokerStartException(String message, Throwable cause) {
        super(message, cause);
    }

    BrokerStartException(String message) {
        super(message);
    }
}
