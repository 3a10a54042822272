package dev.noether.console.http;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.UnrecoverableKeyException;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server with its port and its few threads. Thread safe. */
public final class ConsoleServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
    private static final int MOST_THREADS = 16;
    private static final int LEAST_THREADS = 4;
    private static final int IDLE_MILLIS = 60_000;
    private static final int HEADER_BYTES = 16 << 10;

    private final Server server;
    private final ServerConnector connector;
    private final ServerAddress address;

    private ConsoleServer(Server server, ServerConnector connector, ServerAddress address) {
        this.server = server;
        this.connector = connector;
        this.address = address;
    }

    /**
     * Starts a server.
     *
     * @throws ServerStartException if it cannot listen, or the key store cannot be used
     */
    public static ConsoleServer start(ServerAddress address, HttpRoutes routes, EventStreams streams) {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
        threads.setName("console-http");
        threads.setDaemon(true);
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        ServerConnector connector = new ServerConnector(server, 1, 1, connections(address, http));
        connector.setHost(address.host());
        connector.setPort(address.port());
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        server.setErrorHandler(new JsonErrorHandler());
        HostCheck hosts = new HostCheck(isLoopback(address.host()), address.allowedNames());
        server.setHandler(new RequestRouter(routes, hosts, streams, RouterLimits.USUAL));
        // No waiting for requests to end: the stream of an open page never does.
        server.setStopTimeout(0);
        try {
            server.start();
            return new ConsoleServer(server, connector, address);
        } catch (Exception e) {
            stop(server);
            throw new ServerStartException(reason(address, e), e);
        }
    }

    private static ConnectionFactory[] connections(ServerAddress address, HttpConfiguration http) {
        ServerAddress.KeyStore keys = address.keys();
        if (keys == null) {
            return new ConnectionFactory[] {new HttpConnectionFactory(http)};
        }
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setKeyStorePath(keys.file().toUri().toString());
        ssl.setKeyStoreType("PKCS12");
        ssl.setKeyStorePassword(keys.password());
        ssl.setSniRequired(false);
        // The name in the certificate is what the browser checks; a console has often no name but an address.
        http.addCustomizer(new SecureRequestCustomizer(false));
        return new ConnectionFactory[] {new SslConnectionFactory(ssl, "http/1.1"), new HttpConnectionFactory(http)};
    }

    private static String reason(ServerAddress address, Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null && !(cause instanceof BindException)) {
            cause = cause.getCause();
        }
        if (cause instanceof BindException || e instanceof IOException && address.keys() == null) {
            return "the console cannot listen on " + address.host() + ":" + address.port() + " (" + cause.getMessage()
                    + "); choose another console.port or --port";
        }
        ServerAddress.KeyStore keys = address.keys();
        if (keys != null && isWrongPassword(e)) {
            return "the console cannot start: the password of the key store " + keys.file()
                    + " is wrong; the file of console.keyStorePasswordFile must hold it";
        }
        return "the console cannot start: " + cause;
    }

    private static boolean isWrongPassword(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnrecoverableKeyException) {
                return true;
            }
        }
        return false;
    }

    /** Whether a name or an address is one of loopback. */
    public static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Returns the port that the server listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Returns the address that a browser on this machine takes. */
    public String url() {
        String host = address.host();
        InetAddress bound = new InetSocketAddress(host, 0).getAddress();
        boolean isAny = bound != null && bound.isAnyLocalAddress();
        String shown = isAny ? "localhost" : host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return (address.keys() == null ? "http://" : "https://") + shown + ":" + port() + "/";
    }

    @Override
    public void close() {
        stop(server);
    }

    private static void stop(@Nullable Server server) {
        try {
            if (server != null) {
                server.stop();
            }
        } catch (Exception e) {
            // A request that takes longer than the patience; the threads are daemons.
            LOG.debug("The server did not stop well.", e);
        }
    }
}
