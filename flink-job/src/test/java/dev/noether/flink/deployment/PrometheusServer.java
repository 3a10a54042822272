package dev.noether.flink.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.testing.Patience;
import dev.noether.testing.deployment.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A real Prometheus that reads one reporter twice a second and judges the alerts of the project, sixty times as fast. */
public final class PrometheusServer implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChildProcess process;
    private final URI address;

    private PrometheusServer(ChildProcess process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts Prometheus, and returns when it answers.
     *
     * @param reporter port of Flink's reporter on this machine
     * @param folder existing folder for its files
     */
    public static PrometheusServer start(int reporter, Path folder) throws Exception {
        Files.writeString(folder.resolve("rules.yml"), FasterRules.yaml());
        Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 500ms, scrape_timeout: 500ms, evaluation_interval: 500ms}
                rule_files: [rules.yml]
                scrape_configs:
                  - job_name: flink
                    static_configs: [{targets: ['127.0.0.1:%d']}]
                """.formatted(reporter));
        String listen = "127.0.0.1:" + freePort();
        ChildProcess process = ChildProcess.start(
                "Prometheus",
                List.of(
                        Prometheus.server().orElseThrow().toString(),
                        "--config.file=prometheus.yml",
                        "--storage.tsdb.path=data",
                        "--web.listen-address=" + listen,
                        "--log.level=warn"),
                Map.of(),
                folder,
                folder.resolve("prometheus.log"));
        PrometheusServer server = new PrometheusServer(process, URI.create("http://" + listen));
        Patience.await("Prometheus", server::isReady, process::output);
        return server;
    }

    /** A TCP port that nobody uses now. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of the alerts of a job that fire now, without the first word Noether. */
    public Set<String> firing(String job) throws Exception {
        Set<String> names = new TreeSet<>();
        for (JsonNode alert : get("/api/v1/alerts").get("data").get("alerts")) {
            boolean isOfJob = alert.get("labels").path("job_name").asText().equals(job);
            if (isOfJob && alert.get("state").asText().equals("firing")) {
                names.add(alert.get("labels").get("alertname").asText().replaceFirst("^Noether", ""));
            }
        }
        return names;
    }

    /** The value of an expression, of its first series; NaN if it has none. */
    public double value(String expression) throws Exception {
        JsonNode result = get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .get("data")
                .get("result");
        return result.isEmpty() ? Double.NaN : result.get(0).get("value").get(1).asDouble();
    }

    @Override
    public void close() {
        process.close();
    }

    private boolean isReady() throws InterruptedException {
        if (!process.isAlive()) {
            throw process.failure("ended");
        }
        try {
            return HTTP.send(
                                    HttpRequest.newBuilder(address.resolve("/-/ready"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private JsonNode get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path)).build();
        return JSON.readTree(
                HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
