package dev.noether.embedded;

/** Another process uses the requested port of an {@link EmbeddedBroker}. */
public final class PortInUseException extends BrokerStartException {
    private static final long serialVersionUID = 1L;

    private final int port;

    PortInUseException(int port, Throwable cause) {
        super("port " + port + " is in use; choose another one with --port", cause);
        this.port = port;
    }

    /** Returns the TCP port in use. */
    public int port() {
        return port;
    }
}
