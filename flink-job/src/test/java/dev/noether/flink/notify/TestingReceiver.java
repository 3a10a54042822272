package dev.noether.flink.notify;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web service that keeps each request and answers as it is told: 200 by default. */
final class TestingReceiver implements AutoCloseable {
    /** One request. */
    record Request(Map<String, String> headers, String body) {}

    /** One answer. */
    interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final Queue<Behaviour> next = new ConcurrentLinkedQueue<>();
    private volatile Behaviour always = status(200);

    /** The requests in the order of their arrival, also those that were not answered with success. */
    final List<Request> requests = new CopyOnWriteArrayList<>();

    /** The bodies of the requests that were answered with success. */
    final List<Request> taken = new CopyOnWriteArrayList<>();

    TestingReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Answers the next request in this way. */
    TestingReceiver then(Behaviour behaviour) {
        next.add(behaviour);
        return this;
    }

    /** Answers all further requests in this way. */
    void always(Behaviour behaviour) {
        always = behaviour;
    }

    static Behaviour status(int status, String... header) {
        return exchange -> {
            if (header.length > 0) {
                exchange.getResponseHeaders().set(header[0], header[1]);
            }
            byte[] body = ("answer " + status).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        Request request = new Request(headers, body);
        requests.add(request);
        Behaviour behaviour = next.poll();
        behaviour = behaviour == null ? always : behaviour;
        behaviour.answer(exchange);
        if (exchange.getResponseCode() / 100 == 2) {
            taken.add(request);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
