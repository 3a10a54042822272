package dev.noether.lab.evaluate.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.cli.Main;
import dev.noether.cli.console.ExitCode;
import dev.noether.embedded.EmbeddedBroker;
import dev.noether.embedded.Topic;
import dev.noether.testing.TestingKafka;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code noether evaluate} on topics of an embedded broker, whose records are JSON. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TopicEvaluationIT {
    private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;
    private static final int ROWS = 1_200;
    /** Of 1,200 minutes the first 840 are history. */
    private static final int FAULT = 1_000;

    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void fillTopics() throws Exception {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        broker.createTopics(
                Topic.plain("hosts", 2), Topic.plain("empty", 1), Topic.plain("short", 1), Topic.plain("strange", 1));
        send("hosts", 3, ROWS, "cpu", "load");
        send("short", 1, 50, "cpu", "load");
        send("strange", 1, 300, "kpu", "lode");
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void tellsWhatWouldHaveBeenToldAndSuggestsABudget() throws Exception {
        Path json = folder.resolve("backtest.json");
        Path page = folder.resolve("page");
        int code = evaluate(
                "--topic",
                "hosts",
                "--json",
                json.toString(),
                "--out",
                page.toString(),
                "--scores-out",
                folder.resolve("scores").toString());
        assertThat(code).as(out + "\n" + err).isEqualTo(ExitCode.DONE);
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.at("/split").asText()).isEqualTo("2026-01-01T13:59:18Z");
        assertThat(report.at("/historyRows").asInt()).isEqualTo(3 * 840);
        assertThat(report.at("/testRows").asInt()).isEqualTo(3 * 360);
        assertThat(report.at("/entities").asInt()).isEqualTo(3);
        assertThat(report.at("/incidents")).anySatisfy(incident -> {
            assertThat(incident.at("/entity").asText()).isEqualTo("host-1");
            assertThat(incident.at("/start").asText())
                    .isBetween("2026-01-01T16:40:00.000Z", "2026-01-01T16:42:00.000Z");
            assertThat(incident.at("/description").asText()).contains("cpu");
        });
        assertThat(report.at("/budgets"))
                .hasSize(7)
                .allSatisfy(budget -> assertThat(budget.at("/rows").asInt()).isEqualTo(3 * 360));
        assertThat(report.at("/budgets/0/alarms").asInt())
                .isGreaterThanOrEqualTo(report.at("/budgets/6/alarms").asInt());
        assertThat(report.at("/suggestion/budget").asText()).startsWith("1 per entity per P");
        assertThat(report.at("/rejected/MALFORMED").asInt()).isEqualTo(1);
        assertThat(Files.readString(page.resolve("index.html")))
                .contains("Backtest of the topic hosts", "Suggested: 1 per entity per P", "host-1", "</html>");
        assertThat(Files.readAllLines(folder.resolve("scores/hosts/host-1.csv")))
                .hasSize(361)
                .anyMatch(line -> line.startsWith("2026-01-01T16:40:00Z,"));
        assertThat(out.toString())
                .contains("History: 2,520 observations from 2026-01-01T00:00:00Z to 2026-01-01T13:59:18Z.")
                .contains("1 record is rejected: MALFORMED")
                .contains("would have been told with the budget `1 per entity per P30D`:")
                .contains("Suggested: alarms: {budget: \"1 per entity per P");
    }

    @Test
    void whatCannotBeJudgedIsRefusedInALine() throws Exception {
        assertRefused("the topic absent does not exist", "--topic", "absent");
        assertRefused("topic empty holds no observation yet", "--topic", "empty");
        assertRefused("has 35 observations; a model needs at least 200 (retraining.minRows)", "--topic", "short");
        assertRefused(
                "topic strange holds no observation: of the newest 300 records, 300 are rejected",
                "--topic",
                "strange");
        assertRefused(
                "--from is 2026-02-01T00:00:00Z, but the topic hosts has observations from 2026-01-01T00:00:00Z to"
                        + " 2026-01-01T19:59:00Z",
                "--topic",
                "hosts",
                "--from",
                "2026-02-01T00:00:00Z");
        assertRefused(
                "--to is 2025-02-01T00:00:00Z, but the topic hosts has observations from",
                "--topic",
                "hosts",
                "--to",
                "2025-02-01T00:00:00Z");
        assertRefused(
                "--from must be before --to",
                "--topic",
                "hosts",
                "--from",
                "2026-01-01T12:00:00Z",
                "--to",
                "2026-01-01T11:00:00Z");
        assertRefused("--peers and --ablate-symmetry need files", "--topic", "hosts", "--peers");
    }

    private void assertRefused(String message, String... arguments) throws Exception {
        err.getBuffer().setLength(0);
        int code = evaluate(arguments);
        assertThat(err.toString()).startsWith("noether: ").contains(message);
        assertThat(code).as(message).isEqualTo(ExitCode.BAD_USE);
    }

    private int evaluate(String... arguments) throws Exception {
        Path config = Files.writeString(
                folder.resolve("detector.yaml"),
                "detector: hosts\nfeatures: [cpu, load]\nkafka: {bootstrapServers: '" + broker.bootstrapServers()
                        + "'}\nsource: {format: json, entity: host, time: {path: ts, unit: ms}}\n"
                        + "retraining: {minRows: 200, epochs: 3}\n");
        CommandLine commands = Main.commands(() -> false);
        commands.setOut(new PrintWriter(out, true));
        commands.setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of("evaluate", "--config", config.toString()));
        all.addAll(List.of(arguments));
        return commands.execute(all.toArray(new String[0]));
    }

    private static void send(String topic, int hosts, int rows, String first, String second) throws Exception {
        Random random = new Random(11);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        double[] cpu = new double[hosts];
        for (int row = 0; row < rows; row++) {
            for (int host = 0; host < hosts; host++) {
                boolean isFaulty = host == 1 && row >= FAULT && row < FAULT + 30;
                cpu[host] = 0.8 * cpu[host] + random.nextGaussian();
                String json = "{\"host\": \"host-" + host + "\", \"ts\": " + (START + row * MINUTE) + ", \"" + first
                        + "\": " + (50 + cpu[host] + (isFaulty ? 40 : 0)) + ", \"" + second + "\": "
                        + (5 + 0.5 * cpu[host] + 0.2 * random.nextGaussian()) + "}";
                records.add(record(topic, "host-" + host, json));
            }
        }
        if (rows == ROWS) {
            records.add(100, record(topic, "host-0", "{"));
        }
        TestingKafka.send(broker.bootstrapServers(), records);
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String key, String value) {
        return new ProducerRecord<>(
                topic, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }
}
