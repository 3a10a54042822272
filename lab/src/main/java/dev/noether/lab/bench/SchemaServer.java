package dev.noether.lab.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.apache.avro.Schema;

/** A schema registry on the loopback interface that has one schema, with any number. Thread-safe. */
final class SchemaServer implements AutoCloseable {
    private static final int OK = 200;

    private final HttpServer server;

    SchemaServer(Schema schema) throws IOException {
        byte[] answer = new ObjectMapper().writeValueAsBytes(Map.of("schema", schema.toString()));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/schemas/ids/", exchange -> {
            exchange.sendResponseHeaders(OK, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    /** Returns the address of the registry. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
