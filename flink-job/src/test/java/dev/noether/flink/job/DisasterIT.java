package dev.noether.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.CheckpointSection;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.EntitySection;
import dev.noether.flink.config.GeneralSection;
import dev.noether.flink.config.IncidentSection;
import dev.noether.flink.config.WindowSection;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.recovery.OutputAudit;
import dev.noether.flink.scoring.TestingModels;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelReleaseCodec;
import dev.noether.schemas.Score;
import dev.noether.testing.Patience;
import dev.noether.testing.TestingKafka;
import dev.noether.testing.TestingKafka.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/recovery.md promises about the loss of the model store, of a topic, and of Kafka. The loss of the checkpoints
 * is in {@link RecoveryIT}.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("long")
class DisasterIT {
    private static final InMemoryReporter REPORTER = InMemoryReporter.create();

    @RegisterExtension
    private static final MiniClusterExtension FLINK =
            new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                    .setNumberTaskManagers(1)
                    .setNumberSlotsPerTaskManager(2)
                    .setConfiguration(REPORTER.addToConfiguration(new Configuration()))
                    .build());

    private static final int FEATURES = 5;
    private static final int WINDOW = 2;
    private static final int ENTITIES = 20;
    /** Rows before the first score, in the default configuration. */
    private static final int CONTEXT = 5;

    private static final int PART = 400;
    private static final long STEP = 100;
    private static final long START = 1_700_000_000_000L;

    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    /** A start has no model: each observation still has its score, UNSCORED. The next training ends that. */
    @Test
    void theModelStoreIsLost() throws Exception {
        DetectorConfig config = config("store");
        announce(config, 1, 0);
        TestingStream stream = stream(config);
        stream.send(0, PART);
        TestingScoring first = TestingScoring.start(broker, REPORTER, config, null);
        first.awaitScores(PART);
        first.cancel();
        delete(store(config));

        stream.send(PART, 2 * PART);
        TestingScoring second =
                TestingScoring.begin(broker, REPORTER, config, ScoringStart.resume(config, checkpoints(config)));
        second.awaitScores(2 * PART);
        announce(config, 2, START + 2 * PART * STEP);
        second.awaitModel(2);
        stream.send(2 * PART, 3 * PART);
        second.awaitScores(3 * PART);
        second.kill();

        Map<Place, Score> scores = TestingScoring.scores(broker, config);
        assertThat(scores).containsOnlyKeys(stream.good().keySet());
        assertThat(versions(scores, 0)).contains(1L);
        assertThat(versions(scores, 1)).containsExactly(Score.NO_MODEL);
        assertThat(versions(scores, 2)).contains(2L).doesNotContain(1L);
    }

    /** The releases are in the state too, so the job goes on with the model that it has. */
    @Test
    void theTopicOfTheModelsIsLost() throws Exception {
        DetectorConfig config = config("models");
        announce(config, 1, 0);
        TestingStream stream = stream(config);
        stream.send(0, PART);
        TestingScoring first = TestingScoring.start(broker, REPORTER, config, null);
        first.awaitScores(PART);
        first.cancel();
        createAgain(config, config.topics().models());

        stream.send(PART, 2 * PART);
        TestingScoring second =
                TestingScoring.begin(broker, REPORTER, config, ScoringStart.resume(config, checkpoints(config)));
        second.awaitScores(2 * PART);
        second.kill();
        Map<Place, Score> scores = TestingScoring.scores(broker, config);
        assertThat(scores).containsOnlyKeys(stream.good().keySet());
        assertThat(versions(scores, 0)).contains(1L);
        assertThat(versions(scores, 1)).containsExactly(1L);
    }

    /** A recovery writes the scores of all observations that Kafka still has. */
    @Test
    void theTopicOfTheScoresIsLost() throws Exception {
        DetectorConfig config = config("scores");
        announce(config, 1, 0);
        TestingStream stream = stream(config);
        stream.send(0, PART);
        TestingScoring first = TestingScoring.start(broker, REPORTER, config, null);
        first.awaitScores(PART);
        first.cancel();
        createAgain(config, config.topics().scores());

        stream.send(PART, 2 * PART);
        TestingScoring second =
                TestingScoring.begin(broker, REPORTER, config, ScoringStart.recover(config, checkpoints(config)));
        second.awaitScores(2 * PART);
        second.kill();
        assertThat(TestingScoring.scores(broker, config))
                .containsOnlyKeys(stream.good().keySet());
        assertThat(OutputAudit.read(config, Map.of()).isComplete()).isTrue();
    }

    /** Everything in Kafka is gone; checkpoints and models are not. The checkpoints belong to topics that do not exist. */
    @Test
    void theKafkaClusterIsLost() throws Exception {
        Path log = directory.resolve("lost-broker");
        EmbeddedBroker lost = EmbeddedBroker.start(log, 0);
        int port = lost.port();
        EmbeddedBroker kept = broker;
        broker = lost;
        try {
            DetectorConfig config = config("cluster");
            announce(config, 1, 0);
            TestingStream before = stream(config);
            before.send(0, PART);
            TestingScoring first = TestingScoring.start(broker, REPORTER, config, null);
            first.awaitScores(PART);
            first.cancel();
            lost.close();
            delete(log);
            broker = EmbeddedBroker.start(log, port);

            TopicSetup.create(config, 2, (short) 1);
            delete(Path.of(config.checkpoints().directory()));
            announce(config, 1, 0);
            TestingStream after = stream(config);
            after.send(PART, 2 * PART);
            ScoringStart start = ScoringStart.resume(config, checkpoints(config));
            assertThat(start.checkpoint()).isEmpty();
            TestingScoring second = TestingScoring.begin(broker, REPORTER, config, start);
            second.awaitScores(PART);
            after.send(2 * PART, 3 * PART);
            second.awaitScores(2 * PART);
            second.kill();
            assertThat(TestingScoring.scores(broker, config))
                    .containsOnlyKeys(after.good().keySet());
        } finally {
            broker.close();
            broker = kept;
        }
    }

    /** The models of a part of the stream, without the rows in which windows fill. */
    private static List<Long> versions(Map<Place, Score> scores, int part) {
        return scores.values().stream()
                .filter(score -> (score.eventTime() - START) / STEP / PART == part)
                .filter(score -> (score.eventTime() - START) / STEP % PART >= CONTEXT * ENTITIES)
                .map(Score::modelVersion)
                .distinct()
                .sorted()
                .toList();
    }

    private static void createAgain(DetectorConfig config, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) broker.bootstrapServers()))) {
            admin.deleteTopics(List.of(topic)).all().get();
            Patience.await(
                    "the topic is gone", () -> !admin.listTopics().names().get().contains(topic), () -> "it is there");
        }
        TopicSetup.create(config, 2, (short) 1);
    }

    private static List<Path> checkpoints(DetectorConfig config) {
        return RetainedCheckpoints.all(Path.of(config.checkpoints().directory()));
    }

    private static Path store(DetectorConfig config) {
        return directory.resolve("models-" + config.detector());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static DetectorConfig config(String detector) {
        DetectorConfig config = DetectorConfig.withDefaults(detector, TestingModels.features(FEATURES))
                .withBootstrap(broker.bootstrapServers())
                .withCheckpointDirectory(
                        directory.resolve("checkpoints-" + detector).toUri())
                .with(GeneralSection.PARALLELISM, 2)
                .with(WindowSection.ROWS, WINDOW)
                .with(EntitySection.DISORDER, Duration.ofSeconds(1))
                .with(IncidentSection.QUIET, Duration.ofSeconds(10))
                .with(CheckpointSection.INTERVAL, Duration.ofMillis(100));
        TopicSetup.create(config, 2, (short) 1);
        return config;
    }

    private static TestingStream stream(DetectorConfig config) {
        SplittableRandom random = new SplittableRandom(11);
        TestingStream stream = new TestingStream(broker, config);
        for (int i = 0; i < 3 * PART; i++) {
            float[] values = new float[FEATURES];
            for (int j = 0; j < FEATURES; j++) {
                values[j] = (float) random.nextGaussian() * 0.01f;
            }
            stream.add("host-" + i % ENTITIES, START + i * STEP, values);
        }
        return stream;
    }

    private static void announce(DetectorConfig config, long version, long effectiveFrom) throws Exception {
        TestingModels models = new TestingModels(store(config), config.detector());
        ModelRelease release = models.release(version, effectiveFrom, TestingModels.model(FEATURES, WINDOW, version));
        byte[] key = (config.detector() + "/" + version).getBytes(StandardCharsets.UTF_8);
        TestingKafka.send(
                broker.bootstrapServers(),
                List.of(new ProducerRecord<>(config.topics().models(), key, new ModelReleaseCodec().encode(release))));
    }
}
