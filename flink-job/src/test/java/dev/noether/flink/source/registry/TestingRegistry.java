package dev.noether.flink.source.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** A schema registry with Confluent's REST API, behind a real HTTP server of this machine. */
public final class TestingRegistry implements AutoCloseable {
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final HttpServer server;
    private final String scheme;
    private volatile String authorization = "";
    private volatile int status;

    /** Starts a registry without schemas. */
    public TestingRegistry() {
        this(null);
    }

    /** Starts a registry without schemas, which speaks TLS if there is a context. */
    TestingRegistry(@Nullable SSLContext tls) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            if (tls == null) {
                server = HttpServer.create(address, 0);
            } else {
                HttpsServer secure = HttpsServer.create(address, 0);
                secure.setHttpsConfigurator(new HttpsConfigurator(tls));
                server = secure;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        scheme = tls == null ? "http" : "https";
        server.createContext("/", this::answer);
        server.start();
    }

    /** Returns the address. */
    public String url() {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Registers a schema. */
    public void put(int id, Schema schema) {
        putText(id, "{\"schema\": " + quoted(schema.toString()) + "}");
    }

    /** Answers a number with a text. */
    public void putText(int id, String answer) {
        answers.put("/schemas/ids/" + id, answer);
    }

    /** Answers a path with the schema of a subject. */
    public void putVersion(String subject, int version, Schema schema) {
        answers.put(
                "/subjects/" + subject + "/versions/" + version,
                "{\"subject\": \"" + subject + "\", \"version\": " + version + ", \"schema\": "
                        + quoted(schema.toString()) + "}");
    }

    /** Answers everything with a status from now on; 0 answers as a registry does. */
    public void fail(int with) {
        status = with;
    }

    /** Refuses everybody else from now on. */
    public void require(String user, String password) {
        authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Number of requests so far. */
    public int requests() {
        return requests.get();
    }

    /** Returns a text as JSON. */
    public static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        String answer = answers.get(exchange.getRequestURI().getPath());
        if (status != 0) {
            send(exchange, status, "<html>busy</html>");
        } else if (!authorization.isEmpty() && !authorization.equals(given)) {
            send(exchange, 401, "{\"error_code\": 401, \"message\": \"Unauthorized\"}");
        } else if (answer == null) {
            send(exchange, 404, "{\"error_code\": 40403, \"message\": \"Schema not found\"}");
        } else {
            send(exchange, 200, answer);
        }
    }

    private static void send(HttpExchange exchange, int code, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
