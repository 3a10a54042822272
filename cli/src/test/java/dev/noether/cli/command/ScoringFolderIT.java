package dev.noether.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.cli.Main;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.stack.EmbeddedScoring;
import dev.noether.cli.stack.JobThread;
import dev.noether.cli.stream.ObservationPublisher;
import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.testing.Patience;
import dev.noether.testing.TestingKafka;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code noether score} with a folder of detectors, with a real broker. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ScoringFolderIT {
    private static final int ROWS = 20;

    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;

    private final StringWriter out = new StringWriter();

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void eachDetectorIsScoredAndTheOnesThatCannotBeAreNamed() throws Exception {
        Path detectors = Files.createDirectory(folder.resolve("detectors"));
        DetectorConfig first = DetectorConfig.load(write(detectors, "a.yaml", "first", ""));
        DetectorConfig second = DetectorConfig.load(write(detectors, "b.yaml", "second", ""));
        Path twice = write(detectors, "c.yaml", "first", "");
        write(detectors, "d.yaml", "sharing", "topics: {scores: second.scores}\n");
        write(detectors, "e.yaml", "absent", "");
        for (DetectorConfig config : List.of(first, second)) {
            TopicSetup.create(config, 1, (short) 1);
            publish(config);
        }
        CompletableFuture<Integer> code = new CompletableFuture<>();
        Thread command = new Thread(() -> code.complete(score(detectors)));
        command.start();
        Patience.await("scores", () -> scores(first) == ROWS && scores(second) == ROWS, out::toString);
        Patience.await("progress", () -> out.toString().contains("second   scored "), out::toString);
        command.interrupt();
        assertThat(code.get()).isEqualTo(ExitCode.DONE);
        assertThat(out.toString())
                .contains("This detector is not scored: " + twice + ": detector first is also configured in ")
                .contains("detector sharing: `topics.scores` is second.scores, which detector second also writes")
                .contains("absent: not scored: the topic absent.observations does not exist")
                .containsPattern("absent +NOT SCORING: the topic absent.observations does not exist")
                .contains("first: Scoring first.observations", "second: Scoring second.observations")
                .contains("2 of 3 detectors are scored. Ctrl-C stops.")
                .endsWith("Stopped." + System.lineSeparator());
    }

    @Tag("long")
    @Test
    void aDetectorThatFailsIsTriedAgain() throws Exception {
        DetectorConfig config = DetectorConfig.load(write(folder, "late.yaml", "late", ""));
        List<String> messages = new CopyOnWriteArrayList<>();
        ScoringPreparation preparation = new ScoringPreparation(new TopicCreation());
        try (JobThread<EmbeddedScoring> job =
                JobThread.start(JobThread.Kind.SCORING, config, preparation, messages::add, Duration.ofMillis(200))) {
            assertThat(job.awaitFirstTry()).isFalse();
            assertThat(job.problem()).startsWith("the topic late.observations does not exist");
            TopicSetup.create(config, 1, (short) 1);
            publish(config);
            Patience.await("scores", () -> scores(config) == ROWS, () -> messages);
        }
        assertThat(messages)
                .filteredOn(line -> line.startsWith("late: not scored: "))
                .hasSizeLessThan(4);
        assertThat(messages)
                .filteredOn(line -> line.startsWith("late: Scoring late.obs"))
                .hasSize(1);
    }

    private int score(Path detectors) {
        CommandLine commands = Main.commands(() -> false);
        commands.setOut(new PrintWriter(out, true));
        return commands.execute("score", "--config", detectors.toString());
    }

    private static Path write(Path target, String file, String detector, String more) throws Exception {
        return Files.writeString(
                target.resolve(file),
                "detector: " + detector + "\nfeatures: [a]\nkafka: {bootstrapServers: '" + broker.bootstrapServers()
                        + "'}\ncheckpoints: {interval: PT0.2S, directory: " + folder.resolve("checkpoints")
                        + "}\nmodel: {store: " + folder.resolve("models") + "}\n" + more);
    }

    private static void publish(DetectorConfig config) {
        try (ObservationPublisher publisher =
                new ObservationPublisher(config.kafka(), config.topics().observations(), config.features())) {
            for (int row = 0; row < ROWS; row++) {
                publisher.send(
                        "host",
                        1_700_000_000_000L + row * 1_000,
                        new float[] {row % 7},
                        ObservationPublisher.DeliveryListener.NONE);
            }
            publisher.flush();
        }
    }

    private static int scores(DetectorConfig config) throws Exception {
        return TestingKafka.readAll(broker.bootstrapServers(), config.topics().scores())
                .size();
    }
}
