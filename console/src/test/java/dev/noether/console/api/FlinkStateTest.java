package dev.noether.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.noether.console.http.HttpReply;
import dev.noether.flink.config.ConsoleSection;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.job.ScoringJob;
import dev.noether.model.feature.FeatureSchema;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the console makes of the answers of Flink's REST endpoint. */
@Timeout(30)
final class FlinkStateTest {
    private static final String OLDER = "0123456789abcdef0123456789abcdef";
    private static final String NEWER = "fedcba9876543210fedcba9876543210";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private DetectorConfig config;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String answer = answers.get(exchange.getRequestURI().toString());
            byte[] body = String.valueOf(answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer == null ? 404 : 200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
                if (body.length == 0) {
                    // A body that never ends.
                    out.write('{');
                    out.flush();
                    end.await();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        config = DetectorConfig.withDefaults("fleet", new FeatureSchema(List.of("cpu")))
                .with(
                        ConsoleSection.FLINK,
                        "http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private static JsonNode written(FlinkState state) throws Exception {
        return new ObjectMapper().readTree(HttpReply.json(state::write).body());
    }

    private String job(String id, String name, String state, long start) {
        return "{\"jid\":\"%s\",\"name\":\"%s\",\"state\":\"%s\",\"start-time\":%d}".formatted(id, name, state, start);
    }

    @Test
    void theNewestJobOfTheDetectorIsTold() throws Exception {
        String name = ScoringJob.name(config);
        answers.put(
                "/jobs/overview",
                "{\"jobs\":[" + job(OLDER, name, "FAILED", 5) + "," + job(NEWER, name, "RUNNING", 9) + ","
                        + job(OLDER, "another", "CANCELED", 99) + "]}");
        answers.put(
                "/jobs/" + NEWER + "/checkpoints",
                "{\"latest\":{\"completed\":{\"latest_ack_timestamp\":1769270400123}}}");
        answers.put("/jobs/" + NEWER + "/metrics?get=numRestarts", "[{\"id\":\"numRestarts\",\"value\":\"3\"}]");
        FlinkState state = new FlinkState(config);
        assertThat(written(state).get("message").asText()).isEqualTo("Flink has not answered yet.");
        state.ask();
        JsonNode json = written(state);
        assertThat(json.get("state").asText()).isEqualTo("RUNNING");
        assertThat(json.get("restarts").asLong()).isEqualTo(3);
        assertThat(json.get("lastCheckpoint").asLong()).isEqualTo(1_769_270_400_123L);
        assertThat(json.get("message").isNull()).isTrue();
    }

    @Test
    void aMissingJobAWrongStatusAndNonsenseAreSaid() throws Exception {
        FlinkState state = new FlinkState(config);
        state.ask();
        assertThat(written(state).get("message").asText()).contains("/jobs/overview has the status 404");
        answers.put("/jobs/overview", "{\"jobs\":[" + job("../../x", ScoringJob.name(config), "RUNNING", 1) + "]}");
        state.ask();
        assertThat(written(state).get("message").asText()).endsWith("has no job `" + ScoringJob.name(config) + "`.");
        answers.put("/jobs/overview", "<html>");
        state.ask();
        assertThat(written(state).get("state").asText()).isEqualTo("unknown");
        assertThat(written(state).get("message").asText()).contains("does not answer");
    }

    @Test
    void aBodyThatNeverEndsDoesNotHoldTheConsole() throws Exception {
        answers.put("/jobs/overview", "");
        FlinkState state = new FlinkState(config, Duration.ofMillis(300));
        state.ask();
        assertThat(written(state).get("state").asText()).isEqualTo("unknown");
        assertThat(written(state).get("message").asText()).contains("does not answer");
    }
}
