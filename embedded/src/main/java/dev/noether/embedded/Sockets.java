package dev.noether.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The two listening sockets of a broker, bound before the broker is configured. So no other process can take a free
 * port after it is chosen, and a port in use is found first.
 */
final class Sockets implements ServerSocketFactory, AutoCloseable {
    /** Kafka's value for the default of the operating system. */
    private static final int DEFAULT_SIZE = -1;

    private final ServerSocketChannel client;
    private final ServerSocketChannel controller;

    private Sockets(ServerSocketChannel client, ServerSocketChannel controller) {
        this.client = client;
        this.controller = controller;
    }

    /**
     * Binds a port for clients, and a free port for the controller, which may change at every start.
     *
     * @param port port for clients, or 0 for a free one
     */
    static Sockets bind(int port) {
        try {
            ServerSocketChannel client = bindOne(port);
            try {
                return new Sockets(client, bindOne(0));
            } catch (IOException | RuntimeException exception) {
                client.close();
                throw exception;
            }
        } catch (IOException | RuntimeException exception) {
            if (exception instanceof BindException || exception.getCause() instanceof BindException) {
                throw new PortInUseException(port, exception);
            }
            throw new BrokerStartException("port " + port + " cannot be opened: " + exception, exception);
        }
    }

    int clientPort() {
        return client.socket().getLocalPort();
    }

    int controllerPort() {
        return controller.socket().getLocalPort();
    }

    @Override
    public ServerSocketChannel openServerSocket(
            String listenerName, InetSocketAddress address, int backlog, int receiveBufferSize) throws IOException {
        return switch (listenerName) {
            case BrokerProperties.CONTROLLER_LISTENER -> controller;
            case BrokerProperties.CLIENT_LISTENER -> client;
            default -> ServerSocketFactory.INSTANCE.openServerSocket(listenerName, address, backlog, receiveBufferSize);
        };
    }

    @Override
    public void close() {
        try (client;
                controller) {
            // The resources are closed; there is nothing else to do.
        } catch (IOException exception) {
            throw new KafkaException("the sockets of the broker were not closed", exception);
        }
    }

    private static ServerSocketChannel bindOne(int port) throws IOException {
        return ServerSocketFactory.INSTANCE.openServerSocket(
                "", new InetSocketAddress(BrokerProperties.HOST, port), DEFAULT_SIZE, DEFAULT_SIZE);
    }
}
