package dev.noether.flink.notify;

import static dev.noether.flink.notify.TestingIncidents.START;
import static dev.noether.flink.notify.TestingIncidents.incident;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.flink.config.ConfigurationException;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.NotifySection;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.Severity;
import dev.noether.schemas.output.OutputCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each receiver sends. The fields are those of the receivers' documentation. */
final class ReceiversTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private TestingReceiver server;

    @BeforeEach
    void start() throws IOException {
        server = new TestingReceiver();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void alertmanagerGetsAnAlertThatFiresAndEnds() throws Exception {
        Receiver receiver = only(config().with(NotifySection.ALERTMANAGERS, List.of(server.address() + "/"))
                .with(NotifySection.LINK, "https://grafana/d/x?entity={entity}&id={id}"));
        Instant before = Instant.now();
        receiver.tell(new Notice(incident("a", IncidentState.OPENED), IncidentState.OPENED, null));
        JsonNode alert = body(0).get(0);
        assertThat(alert.get("labels").toString())
                .isEqualTo("{\"alertname\":\"NoetherIncident\",\"detector\":\"fleet\",\"entity\":\"web-a\","
                        + "\"kind\":\"anomaly\",\"severity\":\"high\",\"incident\":\"a\"}");
        assertThat(alert.get("annotations").get("summary").asText()).startsWith("web-a: cpu.user is 97.25");
        assertThat(alert.get("annotations").get("feature_cpu_user").asText())
                .isEqualTo("97.25, expected 20 (usual range 18 to 22)");
        assertThat(alert.get("annotations").get("feature_net").asText()).isEqualTo("1, expected 5");
        assertThat(alert.get("generatorURL").asText()).isEqualTo("https://grafana/d/x?entity=web-a&id=a");
        assertThat(Instant.parse(alert.get("startsAt").asText())).isEqualTo(Instant.ofEpochMilli(START));
        assertThat(Instant.parse(alert.get("endsAt").asText())).isAfter(before.plusSeconds(300));

        receiver.tell(new Notice(incident("a", IncidentState.RESOLVED), IncidentState.RESOLVED, Severity.HIGH));
        JsonNode over = body(1).get(0);
        assertThat(over.get("labels")).isEqualTo(alert.get("labels"));
        assertThat(Instant.parse(over.get("endsAt").asText())).isBefore(Instant.now());
    }

    /** The severity is a label: without the end of the former alert both would fire. */
    @Test
    void alertmanagerEndsTheAlertOfTheFormerSeverity() throws Exception {
        Receiver receiver = only(config().with(
                        NotifySection.ALERTMANAGERS, List.of(server.address().toString())));
        receiver.tell(new Notice(
                incident("a", IncidentState.UPDATED, Severity.CRITICAL), IncidentState.UPDATED, Severity.LOW));
        JsonNode alerts = body(0);
        assertThat(alerts).hasSize(2);
        assertThat(alerts.get(0).at("/labels/severity").asText()).isEqualTo("low");
        assertThat(Instant.parse(alerts.get(0).get("endsAt").asText())).isBefore(Instant.now());
        assertThat(alerts.get(1).at("/labels/severity").asText()).isEqualTo("critical");
        assertThat(Instant.parse(alerts.get(1).get("endsAt").asText())).isAfter(Instant.now());
    }

    @Test
    void oneOfTwoAlertmanagersSuffices() throws Exception {
        Receiver receiver = only(config().with(
                        NotifySection.ALERTMANAGERS,
                        List.of("http://127.0.0.1:1", server.address().toString())));
        assertThat(receiver.tell(new Notice(incident("a", IncidentState.OPENED), IncidentState.OPENED, null)))
                .isEqualTo(new Answer.Delivered());
        assertThat(only(config().with(NotifySection.ALERTMANAGERS, List.of("http://127.0.0.1:1")))
                        .tell(new Notice(incident("a", IncidentState.OPENED), IncidentState.OPENED, null)))
                .isInstanceOf(Answer.Failed.class);
    }

    @Test
    void theWebhookGetsThePublishedFormatWithKeyAndSignature() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "correct horse\n");
        Path token = Files.writeString(folder.resolve("token"), "t0k3n\n");
        Receiver receiver =
                only(config().with(NotifySection.WEBHOOK, server.address().toString())
                        .with(NotifySection.WEBHOOK_SECRET, "${file:" + secret + "}")
                        .with(NotifySection.WEBHOOK_HEADERS, Map.of("Authorization", "Bearer ${file:" + token + "}")));
        Notice notice = new Notice(incident("a", IncidentState.UPDATED), IncidentState.UPDATED, Severity.LOW);
        receiver.tell(notice);
        TestingReceiver.Request request = server.requests.get(0);
        assertThat(OutputCodec.incidents().decode(request.body().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(notice.incident());
        assertThat(request.headers())
                .containsEntry(
                        "Idempotency-Key", "a:UPDATED:" + notice.incident().time())
                .containsEntry("X-Noether-Event", "updated")
                .containsEntry("Authorization", "Bearer t0k3n")
                .containsEntry("Content-Type", "application/json");
        String[] signature = request.headers().get("X-Noether-Signature").split(",");
        String seconds = signature[0].substring("t=".length());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("correct horse".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signed = seconds + "." + request.body();
        assertThat(signature[1])
                .isEqualTo("v1=" + HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void slackGetsAMessageInWhichNothingIsAMark() throws Exception {
        Path secret =
                Files.writeString(folder.resolve("slack"), server.address().toString());
        Receiver receiver = only(config().with(NotifySection.SLACK, "${file:" + secret + "}"));
        receiver.tell(new Notice(incident("a", IncidentState.OPENED), IncidentState.OPENED, null));
        JsonNode message = body(0);
        assertThat(message.get("text").asText()).isEqualTo("*High anomaly of web-a*");
        JsonNode attachment = message.get("attachments").get(0);
        assertThat(attachment.get("text").asText())
                .contains("&lt;b&gt;&amp; \"more\"")
                .doesNotContain("<b>");
        assertThat(attachment.get("fields").get(0).get("title").asText()).isEqualTo("cpu.user");
        receiver.tell(new Notice(incident("a", IncidentState.RESOLVED), IncidentState.RESOLVED, Severity.HIGH));
        assertThat(body(1).get("text").asText()).isEqualTo("*Resolved: high anomaly of web-a*");
        assertThat(body(1).at("/attachments/0/text").asText()).startsWith("Lasted 3 min. It was: web-a: cpu.user");
    }

    @Test
    void pagerDutyGetsEventsOfOneKey() throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "0123456789abcdef");
        Receiver receiver = only(
                config().with(NotifySection.PAGER_DUTY_URL, server.address().toString())
                        .with(NotifySection.PAGER_DUTY_KEY, "${file:" + key + "}"));
        receiver.tell(new Notice(incident("a", IncidentState.OPENED), IncidentState.OPENED, null));
        receiver.tell(new Notice(incident("a", IncidentState.RESOLVED), IncidentState.RESOLVED, Severity.HIGH));
        JsonNode trigger = body(0);
        assertThat(trigger.get("routing_key").asText()).isEqualTo("0123456789abcdef");
        assertThat(trigger.get("event_action").asText()).isEqualTo("trigger");
        assertThat(trigger.get("dedup_key").asText()).isEqualTo("a");
        assertThat(trigger.at("/payload/severity").asText()).isEqualTo("error");
        assertThat(trigger.at("/payload/source").asText()).isEqualTo("web-a");
        assertThat(Instant.parse(trigger.at("/payload/timestamp").asText())).isEqualTo(Instant.ofEpochMilli(START));
        assertThat(trigger.at("/payload/custom_details").has("cpu.user")).isTrue();
        assertThat(body(1).get("event_action").asText()).isEqualTo("resolve");
        assertThat(body(1).get("dedup_key").asText()).isEqualTo("a");
        assertThat(body(1).has("payload")).isFalse();
    }

    @Test
    void aConfigurationWithoutReceiversIsRefused() {
        assertThatThrownBy(() -> Receivers.of(config()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("nobody is told")
                .hasMessageContaining("notify.alertmanagers");
    }

    @Test
    void aMissingSecretIsNamedAndAWrongOneIsNotShown() throws Exception {
        assertThatThrownBy(() -> Receivers.of(config().with(NotifySection.SLACK, "${env:NOETHER_NO_SUCH_VARIABLE}")))
                .hasMessageContaining("notify.slack")
                .hasMessageContaining("NOETHER_NO_SUCH_VARIABLE");
        Path wrong = Files.writeString(folder.resolve("wrong"), "hunter2 is no address");
        assertThatThrownBy(() -> Receivers.of(config().with(NotifySection.SLACK, "${file:" + wrong + "}")))
                .hasMessageContaining("notify.slack")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aSecretInPlainTextIsRefusedAndNotShown() {
        String yaml = "detector: fleet\nfeatures: [cpu]\nnotify: {slack: 'https://hooks.slack.com/hunter2'}";
        assertThatThrownBy(() -> DetectorConfig.parse(yaml, "fleet.yaml"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("line 3")
                .hasMessageContaining("`notify.slack` must be a secret given as ${env:NAME}")
                .hasMessageNotContaining("hunter2");
        String header = "detector: fleet\nfeatures: [cpu]\nnotify: {webhookHeaders: {Authorization: hunter2}}";
        assertThatThrownBy(() -> DetectorConfig.parse(header, "fleet.yaml"))
                .hasMessageContaining("`notify.webhookHeaders.Authorization` is a secret")
                .hasMessageNotContaining("hunter2");
    }

    private static DetectorConfig config() {
        return DetectorConfig.withDefaults("fleet", new FeatureSchema(List.of("cpu")));
    }

    private static Receiver only(DetectorConfig config) {
        List<Receiver> receivers = Receivers.of(config);
        assertThat(receivers).hasSize(1);
        return receivers.get(0);
    }

    private JsonNode body(int request) throws IOException {
        return JSON.readTree(server.requests.get(request).body());
    }
}
