package dev.noether.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.cli.Main;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.stack.EmbeddedScoring;
import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.schemas.ScoreCodec;
import dev.noether.testing.Patience;
import dev.noether.testing.TestingKafka;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code noether run} with a real broker and records in JSON. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RunCommandIT {
    private static final long START = 1_700_000_000_000L;

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
    void oneCommandTrainsAndScoresAndAPartThatFailsHidesNoOther() throws Exception {
        Path detectors = Files.createDirectory(folder.resolve("detectors"));
        DetectorConfig fresh = DetectorConfig.load(write(detectors, "fresh"));
        DetectorConfig owned = DetectorConfig.load(write(detectors, "owned"));
        write(detectors, "absent");
        TopicSetup.create(fresh, 1, (short) 1);
        TopicSetup.create(owned, 1, (short) 1);
        send("fresh-metrics", 0, 300);
        send("owned-metrics", 0, 40);
        try (EmbeddedScoring owner = EmbeddedScoring.start(owned);
                RunningCommand run = new RunningCommand(detectors)) {
            Patience.await("a model in force", () -> out.toString().contains("model 1\n"), out::toString);
            send("fresh-metrics", 300, 320);
            Patience.await("scores by the model", () -> scoredByModel("fresh.scores") == 20, out::toString);
            Patience.await("the other's training", () -> out.toString().contains("NO NEW MODEL"), out::toString);
            owner.check();
            assertThat(run.stop()).isEqualTo(ExitCode.DONE);
        }
        assertThat(out.toString())
                .contains("Detector fresh is scored, and trained every PT24H.")
                .contains("fresh: training on fresh-metrics …", "fresh: Model 1: 300 rows")
                .contains("absent: not scored: the topic absent-metrics does not exist")
                .contains("owned: No new model: the history has 40 rows; a model needs at least 200 (tried again)")
                .containsPattern("owned +NOT SCORING: .*detector owned.*\\R +NO NEW MODEL: the history has 40 rows")
                .endsWith("Stopped." + System.lineSeparator());
    }

    @Test
    void missingTopicsAreCreatedOnRequest() throws Exception {
        Path file = write(folder, "early");
        try (RunningCommand run = new RunningCommand(file, "--create-topics")) {
            Patience.await("an empty history", () -> out.toString().contains("NO NEW MODEL"), out::toString);
            assertThat(run.stop()).isEqualTo(ExitCode.DONE);
        }
        assertThat(out.toString()).contains("Created the topic early-metrics.", "Created the topic early.scores.");
    }

    @Test
    void aMissingTopicOfTheOnlyDetectorEndsTheCommand() throws Exception {
        CommandLine commands = commands();
        assertThat(commands.execute("run", "--config", write(folder, "lonely").toString()))
                .isEqualTo(ExitCode.BAD_USE);
        assertThat(err.toString()).startsWith("noether: detector lonely: the topic lonely-metrics does not exist");
    }

    private static long scoredByModel(String topic) throws Exception {
        long count = 0;
        for (ConsumerRecord<byte[], byte[]> record : TestingKafka.readAll(broker.bootstrapServers(), topic)) {
            count += new ScoreCodec().decode(record.value()).modelVersion() == 1 ? 1 : 0;
        }
        return count;
    }

    private CommandLine commands() {
        CommandLine commands = Main.commands(() -> false);
        commands.setOut(new PrintWriter(out, true));
        commands.setErr(new PrintWriter(err, true));
        return commands;
    }

    private static Path write(Path target, String detector) throws Exception {
        return Files.writeString(
                target.resolve(detector + ".yaml"),
                "detector: " + detector + "\nfeatures: [cpu, load]\nkafka: {bootstrapServers: '"
                        + broker.bootstrapServers() + "'}\ntopics: {observations: " + detector + "-metrics}\n"
                        + "source: {format: json, entity: host, time: {path: ts, unit: ms}}\n"
                        + "retraining: {minRows: 200, epochs: 2}\n"
                        + "checkpoints: {interval: PT0.2S, directory: " + folder.resolve("checkpoints")
                        + "}\nmodel: {store: " + folder.resolve("models") + "}\n");
    }

    private static void send(String topic, int from, int to) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int row = from; row < to; row++) {
            String json = "{\"host\": \"web-1\", \"ts\": " + (START + row * 60_000L) + ", \"cpu\": " + row % 7
                    + ", \"load\": " + row % 5 * 0.5 + "}";
            records.add(new ProducerRecord<>(
                    topic, "web-1".getBytes(StandardCharsets.UTF_8), json.getBytes(StandardCharsets.UTF_8)));
        }
        TestingKafka.send(broker.bootstrapServers(), records);
    }

    /** The command on a thread of its own. */
    private final class RunningCommand implements AutoCloseable {
        private final CompletableFuture<Integer> code = new CompletableFuture<>();
        private final Thread thread;

        RunningCommand(Path config, String... more) {
            CommandLine commands = commands();
            String[] arguments = new String[more.length + 3];
            arguments[0] = "run";
            arguments[1] = "--config";
            arguments[2] = config.toString();
            System.arraycopy(more, 0, arguments, 3, more.length);
            thread = new Thread(() -> code.complete(commands.execute(arguments)));
            thread.start();
        }

        int stop() throws Exception {
            thread.interrupt();
            return code.get(30, TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}
