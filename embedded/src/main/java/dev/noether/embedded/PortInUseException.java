package dev.noether.embedded;

/** The asked-for port of an {@link EmbeddedBroker} is taken by another process. */
public final class PortInUseException extends BrokerStartException {
    private static final long serialVersionUID = 1L;

    private final int port;

    PortInUseException(int port, Throwable cause) {
        super("port " + port + " is in use; choose another one with --port", cause);
        this.port = port;
    }

    /** The TCP port that is taken. */
    public int port() {
        return port;
    }
}
