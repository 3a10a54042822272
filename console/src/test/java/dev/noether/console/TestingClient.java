package dev.noether.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client of a console in tests. */
public final class TestingClient {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI base;

    public TestingClient(String url) {
        base = URI.create(url);
    }

    /** Asks for a path and returns the answer, which must have status 200. */
    public JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = response(path, request -> {});
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        return MAPPER.readTree(response.body());
    }

    /** Asks for a path. */
    public HttpResponse<String> response(String path, Consumer<HttpRequest.Builder> change)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
        change.accept(request);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Posts JSON and returns the answer, which must have status 200. */
    public JsonNode post(String path, @Nullable String token, String json) throws IOException, InterruptedException {
        HttpResponse<String> response = posted(path, token, json);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        return MAPPER.readTree(response.body());
    }

    /** Posts JSON. */
    public HttpResponse<String> posted(String path, @Nullable String token, String json)
            throws IOException, InterruptedException {
        return response(path, request -> {
            request.POST(HttpRequest.BodyPublishers.ofString(json)).header("Content-Type", "application/json");
            if (token != null) {
                request.header("Authorization", "Bearer " + token);
            }
        });
    }

    /** Opens the stream of events. */
    public Events events(@Nullable String lastId) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("/api/stream"));
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        return new Events(response.body());
    }

    /** An open stream of events. */
    public static final class Events implements AutoCloseable {
        private final BufferedReader reader;
        private String id = "";

        private Events(InputStream in) {
            reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        }

        /** Waits for the next event with a name, and returns its content. */
        public JsonNode next(String name) throws IOException {
            String event = "";
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    event = line.substring(7);
                } else if (line.startsWith("data: ") && event.equals(name)) {
                    return MAPPER.readTree(line.substring(6));
                }
            }
            throw new IOException("the stream ends without " + name);
        }

        /** Returns the name of the next event. */
        public String first() throws IOException {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("event: ")) {
                    return line.substring(7);
                }
            }
            throw new IOException("the stream ends");
        }

        /** Returns the id of the last event. */
        public String lastId() {
            return id;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
