package dev.noether.flink.container;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A page with metrics for Prometheus, at {@code /metrics} on all addresses of this machine. Thread safe. */
final class MetricsPage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsPage.class);

    private final HttpServer server;

    private MetricsPage(HttpServer server) {
        this.server = server;
    }

    /**
     * Opens the page.
     *
     * @param port port; 0 for a free one
     * @param text makes the page, on another thread
     * @throws IOException if the port cannot be used
     */
    static MetricsPage open(int port, Supplier<String> text) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.createContext("/metrics", exchange -> {
            byte[] page = text.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(page);
            }
        });
        server.start();
        return new MetricsPage(server);
    }

    /** Opens the page, or logs why not: a service without metrics still works. */
    static void tryToOpen(int port, Supplier<String> text) {
        try {
            LOG.info("Metrics for Prometheus are on port {}.", open(port, text).port());
        } catch (IOException | LinkageError e) {
            LOG.warn("There are no metrics, because port {} cannot be used: {}", port, e.toString());
        }
    }

    /** The port. */
    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
