package dev.noether.flink.notify;

import static dev.noether.flink.notify.TestingIncidents.incident;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.NotifySection;
import dev.noether.flink.deployment.Prometheus;
import dev.noether.flink.deployment.PrometheusServer;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.Severity;
import dev.noether.testing.Patience;
import dev.noether.testing.deployment.ChildProcess;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Alertmanager: what it shows, and what it passes on to a receiver of its own. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class AlertmanagerIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void anIncidentFiresBecomesWorseAndEnds() throws Exception {
        assumeTrue(Prometheus.alertmanager().isPresent(), Prometheus.MISSING);
        try (TestingReceiver team = new TestingReceiver()) {
            Files.writeString(folder.resolve("alertmanager.yml"), """
                    route: {receiver: team, group_by: [incident], group_wait: 0s, group_interval: 1s}
                    receivers:
                      - name: team
                        webhook_configs: [{url: '%s', send_resolved: true}]
                    """.formatted(team.address()));
            String listen = "127.0.0.1:" + PrometheusServer.freePort();
            try (ChildProcess process = ChildProcess.start(
                    "Alertmanager",
                    List.of(
                            Prometheus.alertmanager().orElseThrow().toString(),
                            "--config.file=alertmanager.yml",
                            "--storage.path=data",
                            "--cluster.listen-address=",
                            "--web.listen-address=" + listen),
                    Map.of(),
                    folder,
                    folder.resolve("alertmanager.log"))) {
                URI address = URI.create("http://" + listen);
                Patience.await("Alertmanager", () -> isReady(address), process::output);
                Receiver receiver = Receivers.of(DetectorConfig.withDefaults("fleet", new FeatureSchema(List.of("cpu")))
                                .with(NotifySection.ALERTMANAGERS, List.of(address.toString())))
                        .get(0);

                tell(receiver, new Notice(incident("a", IncidentState.OPENED), IncidentState.OPENED, null));
                assertThat(active(address)).containsExactly("a high");
                tell(
                        receiver,
                        new Notice(
                                incident("a", IncidentState.UPDATED, Severity.CRITICAL),
                                IncidentState.UPDATED,
                                Severity.HIGH));
                tell(receiver, new Notice(incident("b", IncidentState.OPENED), IncidentState.OPENED, null));
                assertThat(active(address)).containsExactly("a critical", "b high");
                tell(
                        receiver,
                        new Notice(
                                incident("a", IncidentState.RESOLVED, Severity.CRITICAL),
                                IncidentState.RESOLVED,
                                Severity.CRITICAL));
                assertThat(receiver.repeat(List.of(incident("b", IncidentState.OPENED))))
                        .isEqualTo(new Answer.Delivered());
                assertThat(active(address)).containsExactly("b high");
                Patience.await(
                        "the end of incident a",
                        () -> team.taken.stream()
                                .anyMatch(one -> one.body().contains("\"status\":\"resolved\"")
                                        && one.body().contains("\"incident\":\"a\"")),
                        () -> team.taken);
            }
        }
    }

    private static void tell(Receiver receiver, Notice notice) throws Exception {
        assertThat(receiver.tell(notice)).isEqualTo(new Answer.Delivered());
    }

    private static boolean isReady(URI address) throws Exception {
        try {
            return HTTP.send(HttpRequest.newBuilder(address.resolve("/-/ready")).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (ConnectException e) {
            return false;
        }
    }

    /** Incident and severity of each alert that fires. */
    private static TreeSet<String> active(URI address) throws Exception {
        String body = HTTP.send(
                        HttpRequest.newBuilder(address.resolve("/api/v2/alerts"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        TreeSet<String> active = new TreeSet<>();
        for (JsonNode alert : JSON.readTree(body)) {
            active.add(alert.at("/labels/incident").asText() + " "
                    + alert.at("/labels/severity").asText());
        }
        return active;
    }
}
