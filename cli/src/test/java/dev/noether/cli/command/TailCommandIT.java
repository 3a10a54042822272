package dev.noether.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.cli.Main;
import dev.noether.cli.console.ExitCode;
import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Diagnosis;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentGroup;
import dev.noether.schemas.IncidentIdentity;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentPeak;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import dev.noether.schemas.ModelsRecordCodec;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectionReason;
import dev.noether.schemas.Score;
import dev.noether.schemas.Severity;
import dev.noether.schemas.TrainingRequest;
import dev.noether.schemas.UnscoredReason;
import dev.noether.schemas.output.OutputCodec;
import dev.noether.schemas.output.OutputFormat;
import dev.noether.testing.Patience;
import dev.noether.testing.TestingKafka;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code noether tail} over all topics of a real broker, with both formats in each topic. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class TailCommandIT {
    private static final long START = 1_700_000_000_000L;
    private static final long MINUTE = 60_000;

    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void showsEveryTopicInBothFormats() throws Exception {
        Path file = detector("mixed");
        DetectorConfig config = DetectorConfig.load(file);
        TopicSetup.create(config, 2, (short) 1);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            OutputFormat format = i % 2 == 0 ? OutputFormat.AVRO : OutputFormat.JSON;
            Score score = Score.unscored(
                    config.detector(), "host-" + i % 3, START + i * MINUTE, 0, i, UnscoredReason.WARM_UP);
            String topic = config.topics().scores();
            records.add(new ProducerRecord<>(
                    topic,
                    i % 2,
                    score.eventTime(),
                    null,
                    OutputCodec.scores(format).encode(score)));
        }
        records.add(record(config.topics().scores(), "no score"));
        for (OutputFormat format : OutputFormat.values()) {
            records.add(new ProducerRecord<>(
                    config.topics().incidents(),
                    0,
                    START,
                    null,
                    OutputCodec.incidents(format).encode(incident(config, format))));
            records.add(new ProducerRecord<>(
                    config.topics().rejected(),
                    OutputCodec.rejected(format, 100).encode(rejected(config, format))));
        }
        TrainingRequest request = new TrainingRequest(config.detector(), START, "anna", 1, 2);
        records.add(new ProducerRecord<>(
                config.topics().models(), ModelsRecordCodec.key(request), new ModelsRecordCodec().encode(request)));
        TestingKafka.send(broker.bootstrapServers(), records);

        assertThat(run("incidents", file).lines())
                .containsExactly(
                        "2023-11-14T22:13:20Z  OPENED    HIGH      AVRO-1: cpu is 9, expected 1  [avro]",
                        "2023-11-14T22:13:20Z  OPENED    HIGH      JSON-1: cpu is 9, expected 1  [json]");
        assertThat(run("scores", file).lines()).hasSize(10).last().asString().startsWith("2023-11-14T22:42:20Z");
        assertThat(err.toString()).contains("cannot be read: the first two bytes are not C3 01");
        assertThat(run("scores", file, "--entity", "*-1", "--limit", "3").lines())
                .hasSize(3)
                .allMatch(line -> line.endsWith("host-1: no score, reason warm up"));
        assertThat(run("scores", file, "--since", "2023-11-14T22:40:20Z").lines())
                .hasSize(3);
        assertThat(run("rejected", file, "--entity", "json").lines())
                .singleElement()
                .asString()
                .contains("NOT_AVRO  mixed.observations partition 0 offset 1: no marker; key json;"
                        + " value of 7 bytes: {\"a\":1}");
        assertThat(run("models", file)).isEqualTo("2023-11-14T22:13:20Z  requested  a training, by anna\n");
        JsonNode json = new ObjectMapper().readTree(run("incidents", file, "--json", "--limit", "1"));
        assertThat(json.path("time").asText()).isEqualTo("2023-11-14T22:13:20.000Z");
        assertThat(new ObjectMapper()
                        .readTree(run("models", file, "--json"))
                        .path("record")
                        .asText())
                .isEqualTo("REQUEST");

        assertThat(run("incidents", file, "--entity", "db-*", "--since", "2h")).isEmpty();
        assertThat(err.toString())
                .startsWith("noether: no incidents of db-* since ")
                .endsWith(" in the topic mixed.incidents; the newest score is of 2023-11-14T22:42:20Z\n");
    }

    @Test
    void followsWhatArrives() throws Exception {
        Path file = detector("followed");
        DetectorConfig config = DetectorConfig.load(file);
        TopicSetup.create(config, 1, (short) 1);
        CompletableFuture<String> shown = CompletableFuture.supplyAsync(() -> run("incidents", file, "--for", "7s"));
        Patience.await(
                "the statement that there is none",
                () -> err.toString().contains("waiting for new ones"),
                err::toString);
        assertThat(err.toString())
                .isEqualTo("noether: no incidents in the topic followed.incidents, which is empty; there is no score"
                        + " either; is the scoring job running (./noether score --config FILE)?; waiting for new"
                        + " ones\n");
        byte[] incident = OutputCodec.incidents().encode(incident(config, OutputFormat.AVRO));
        TestingKafka.send(
                broker.bootstrapServers(),
                List.of(new ProducerRecord<>(config.topics().incidents(), incident)));
        addPartition(config.topics().incidents());
        byte[] later = OutputCodec.incidents().encode(incident(config, OutputFormat.JSON));
        TestingKafka.send(
                broker.bootstrapServers(),
                List.of(new ProducerRecord<>(config.topics().incidents(), 1, null, later)));
        assertThat(shown.get()).contains("AVRO-1: cpu is 9", "JSON-1: cpu is 9");
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        Path file = detector("missing");
        assertThat(refusal("incidents", file))
                .contains("the topic missing.incidents does not exist; create it with ./noether topics create");
        assertThat(refusal("models", file, "--entity", "a")).contains("--entity cannot be used with models");
        assertThat(refusal("scores", file, "--since", "yesterday"))
                .contains("expected a time such as 2024-05-01T10:00:00Z, or a duration such as 2h (got yesterday)");
    }

    private static void addPartition(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(2)))
                    .all()
                    .get();
        }
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String value) {
        return new ProducerRecord<>(topic, 0, START + 60 * MINUTE, null, value.getBytes(StandardCharsets.UTF_8));
    }

    private static Incident incident(DetectorConfig config, OutputFormat format) {
        String entity = format + "-1";
        return new Incident(
                new IncidentIdentity(
                        config.detector(), format.name().toLowerCase(Locale.ROOT), entity, IncidentKind.ANOMALY),
                IncidentState.OPENED,
                Severity.HIGH,
                new IncidentTimes(START, START + 1, START),
                new IncidentPeak(8, START, 1e-6, 5, 1),
                1,
                new Diagnosis(List.of(), BreakShape.UNKNOWN, entity + ": cpu is 9, expected 1"),
                IncidentGroup.NONE,
                null);
    }

    private static Rejected rejected(DetectorConfig config, OutputFormat format) {
        return new Rejected(
                config.topics().observations(),
                0,
                format.ordinal(),
                START,
                RejectionReason.NOT_AVRO,
                "no marker",
                format.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8),
                "{\"a\":1}".getBytes(StandardCharsets.UTF_8),
                7);
    }

    private static Path detector(String name) throws Exception {
        return Files.writeString(
                folder.resolve(name + ".yaml"),
                "detector: " + name + "\nfeatures: [disk, cpu]\nkafka: {bootstrapServers: '" + broker.bootstrapServers()
                        + "'}\n");
    }

    private String run(String topic, Path file, String... more) {
        assertThat(execute(topic, file, more)).as("%s", err).isEqualTo(ExitCode.DONE);
        return out.toString();
    }

    private String refusal(String topic, Path file, String... more) {
        assertThat(execute(topic, file, more)).as("%s", out).isEqualTo(ExitCode.BAD_USE);
        return err.toString();
    }

    private int execute(String topic, Path file, String... more) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine commands = Main.commands(() -> false);
        commands.setOut(new PrintWriter(out));
        commands.setErr(new PrintWriter(err));
        List<String> arguments = new ArrayList<>(List.of("tail", topic, "--config", file.toString()));
        arguments.addAll(List.of(more));
        return commands.execute(arguments.toArray(new String[0]));
    }
}
