package dev.noether.flink.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.noether.testing.deployment.ChildProcess;
import dev.noether.testing.deployment.ProjectFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The health checks of {@code deploy/bin}, against servers that answer as Flink and Kafka do. */
class HealthChecksTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String JOB = "6e6f6574686572000000000000000001";
    private static final String OVERVIEW =
            "{\"jobs\":[{\"jid\":\"" + JOB + "\",\"name\":\"noether\",\"state\":\"RUNNING\"}]}";

    @TempDir
    private Path folder;

    @Test
    void aJobIsHealthyWhenAllItsTasksHaveRunForAWhile() throws IOException {
        assertThat(jobHealth(OVERVIEW, vertex("RUNNING", 60_000), vertex("RUNNING", 60_001)))
                .isEmpty();
    }

    @Test
    void aJobThatRestartsIsNotHealthyThoughFlinkCountsItAsRunning() throws IOException {
        assertThat(jobHealth(OVERVIEW, vertex("RUNNING", 60_000), vertex("CREATED", 0)))
                .contains("not all tasks run")
                .contains("CREATED");
        assertThat(jobHealth(OVERVIEW, vertex("FAILED", 60_000), vertex("FAILED", 60_000)))
                .contains("not all tasks run");
    }

    @Test
    void aJobThatHasJustRestartedIsNotHealthy() throws IOException {
        assertThat(jobHealth(OVERVIEW, vertex("RUNNING", 60_000), vertex("RUNNING", 1_200)))
                .contains("the tasks have run for 1200 ms only");
    }

    @Test
    void aJobManagerWithoutAJobIsNotHealthy() throws IOException {
        assertThat(jobHealth("{\"jobs\":[]}")).contains("there is no job");
    }

    @Test
    void aBrokerThatAnswersIsHealthy() throws Exception {
        assertThat(brokerHealth("0000000a" + "00000001" + "0000" + "00000000")).isEmpty();
    }

    @Test
    void aBrokerThatRefusesOrClosesIsNotHealthy() throws Exception {
        assertThat(brokerHealth("0000000a" + "00000001" + "0023" + "00000000"))
                .contains("answers '0000000a000000010023', expected correlation id 1 and error code 0");
        assertThat(brokerHealth("")).contains("answers ''");
    }

    private String jobHealth(String overview, String... vertices) throws IOException {
        HttpServer flink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String counts = "\"status-counts\":{\"RUNNING\":1,\"CREATED\":1}";
        answer(flink, "/jobs/overview", overview);
        answer(
                flink,
                "/jobs/" + JOB,
                "{\"jid\":\"" + JOB + "\",\"state\":\"RUNNING\",\"vertices\":[" + String.join(",", vertices) + "],"
                        + counts + "}");
        flink.start();
        try {
            return output("healthy-job", flink.getAddress().getPort());
        } finally {
            flink.stop(0);
        }
    }

    private static void answer(HttpServer server, String path, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private static String vertex(String status, long duration) {
        return "{\"id\":\"a\",\"name\":\"score\",\"parallelism\":1,\"status\":\"" + status
                + "\",\"start-time\":1700000000000,\"end-time\":-1,\"duration\":" + duration + ",\"tasks\":{}}";
    }

    private String brokerHealth(String answer) throws Exception {
        try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> request = CompletableFuture.supplyAsync(() -> serve(broker, answer));
            String output = output("healthy-broker", broker.getLocalPort());
            assertThat(request.get()).isEqualTo("0000000a" + "00120000" + "00000001" + "ffff");
            return output;
        }
    }

    private static String serve(ServerSocket broker, String answer) {
        try (Socket client = broker.accept();
                InputStream in = client.getInputStream()) {
            String request = HexFormat.of().formatHex(in.readNBytes(14));
            client.getOutputStream().write(HexFormat.of().parseHex(answer));
            client.getOutputStream().flush();
            return request;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a check; returns its output, which is empty if and only if it is healthy. */
    private String output(String script, int port) {
        ChildProcess check = ChildProcess.start(
                script,
                List.of(ProjectFiles.file("deploy/bin/" + script).toString(), "127.0.0.1:" + port),
                Map.of(),
                folder,
                folder.resolve(script + "-" + port + ".log"));
        boolean isHealthy = check.awaitExit(PATIENCE) == 0;
        assertThat(check.output().isBlank()).as(check.output()).isEqualTo(isHealthy);
        return check.output();
    }
}
