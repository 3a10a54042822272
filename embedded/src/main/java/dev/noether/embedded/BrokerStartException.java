package dev.noether.embedded;

/** An {@link EmbeddedBroker} could not start. The message is one line that tells the user what to do. */
public sealed class BrokerStartException extends RuntimeException permits PortInUseException {
    private static final long serialVersionUID = 1L;

    BrokerStartException(String message, Throwable cause) {
        super(message, cause);
    }

    BrokerStartException(String message) {
        super(message);
    }
}
