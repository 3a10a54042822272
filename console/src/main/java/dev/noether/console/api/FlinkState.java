package dev.noether.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.console.http.JsonText;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.job.ScoringJob;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state of the scoring job, as Flink's REST endpoint says it. Thread safe. */
final class FlinkState {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Logger LOG = LoggerFactory.getLogger(FlinkState.class);
    private static final int OK = 200;
    private static final int MOST_BYTES = 1 << 20;

    private final String base;
    private final String jobName;
    private final Duration timeout;
    private final ObjectMapper mapper = new ObjectMapper();
    private final @Nullable HttpClient client;
    private volatile Job job;

    /**
     * What is known of the job.
     *
     * @param state Flink's word for the state, or unknown
     * @param message why the state is not known; null if it is
     * @param restarts restarts since its start; null if unknown
     * @param lastCheckpoint time of the newest checkpoint, milliseconds since 1970 UTC; null if unknown
     */
    private record Job(
            String state,
            @Nullable String message,
            @Nullable Long restarts,
            @Nullable Long lastCheckpoint) {
        static Job unknown(String message) {
            return new Job("unknown", message, null, null);
        }
    }

    FlinkState(DetectorConfig config) {
        this(config, TIMEOUT);
    }

    FlinkState(DetectorConfig config, Duration timeout) {
        this.timeout = timeout;
        String address = config.console().flink();
        base = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        jobName = ScoringJob.name(config);
        client = base.isEmpty()
                ? null
                : HttpClient.newBuilder().connectTimeout(timeout).build();
        job = Job.unknown(
                base.isEmpty()
                        ? "The state of the job is not known, because console.flink is not set."
                        : "Flink has not answered yet.");
    }

    /** Writes the properties of the state. */
    void write(JsonText json) throws IOException {
        Job now = job;
        json.text("state", now.state())
                .text("url", base.isEmpty() ? null : base)
                .text("message", now.message())
                .integerOrNull("restarts", now.restarts())
                .integerOrNull("lastCheckpoint", now.lastCheckpoint());
    }

    /** Asks Flink. Takes some seconds if it does not answer. */
    void ask() throws InterruptedException {
        if (client == null) {
            return;
        }
        try {
            JsonNode newest = newestJob(get("/jobs/overview"));
            if (newest == null) {
                job = Job.unknown("Flink at " + base + " has no job `" + jobName + "`.");
                return;
            }
            String id = newest.path("jid").asText();
            JsonNode checkpoint = get("/jobs/" + id + "/checkpoints")
                    .path("latest")
                    .path("completed")
                    .path("latest_ack_timestamp");
            JsonNode restarts =
                    get("/jobs/" + id + "/metrics?get=numRestarts").path(0).path("value");
            job = new Job(
                    newest.path("state").asText("unknown"),
                    null,
                    restarts.isMissingNode() ? null : restarts.asLong(),
                    checkpoint.isMissingNode() ? null : checkpoint.asLong());
        } catch (IOException | IllegalArgumentException e) {
            job = Job.unknown("Flink at " + base + " does not answer: " + e);
        }
    }

    private @Nullable JsonNode newestJob(JsonNode overview) {
        JsonNode newest = null;
        for (JsonNode one : overview.path("jobs")) {
            if (one.path("name").asText().equals(jobName)
                    && one.path("jid").asText().matches("[0-9a-f]{32}")
                    && (newest == null
                            || one.path("start-time").asLong()
                                    > newest.path("start-time").asLong())) {
                newest = one;
            }
        }
        return newest;
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpClient http = client;
        if (http == null) {
            throw new IllegalStateException("without an address nobody asks");
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(timeout)
                .header("Accept", "application/json")
                .build();
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            // The timeout of the request ends with its headers. After this one, reading fails.
            CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> close(body));
            if (response.statusCode() != OK) {
                throw new IOException(path + " has the status " + response.statusCode());
            }
            return mapper.readTree(body.readNBytes(MOST_BYTES));
        }
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            LOG.debug("The answer of Flink is not closed well.", e);
        }
    }
}
