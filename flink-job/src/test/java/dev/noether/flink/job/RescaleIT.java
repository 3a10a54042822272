package dev.noether.flink.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.CheckpointSection;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.EntitySection;
import dev.noether.flink.config.GeneralSection;
import dev.noether.flink.config.IncidentSection;
import dev.noether.flink.config.TopicSection;
import dev.noether.flink.config.WindowSection;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.scoring.TestingModels;
import dev.noether.schemas.Incident;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelReleaseCodec;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import dev.noether.schemas.output.OutputCodec;
import dev.noether.testing.TestingKafka;
import dev.noether.testing.TestingKafka.Place;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an autoscaler does to the job: a savepoint, and a start with another parallelism. Nothing is lost, nothing is
 * repeated, and each score and incident is that of a job that was left alone.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("long")
class RescaleIT {
    private static final InMemoryReporter REPORTER = InMemoryReporter.create();

    @RegisterExtension
    private static final MiniClusterExtension FLINK =
            new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                    .setNumberTaskManagers(2)
                    .setNumberSlotsPerTaskManager(2)
                    .setConfiguration(REPORTER.addToConfiguration(new Configuration()))
                    .build());

    private static final int FEATURES = 5;
    private static final int WINDOW = 2;
    private static final int ENTITIES = 20;
    private static final int PART = 600;
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

    @Test
    void fromOneToFourToTwo() throws Exception {
        DetectorConfig one = config("rescaled", 1);
        TopicSetup.create(one, 4, (short) 1);
        announce(one);
        TestingStream stream = stream(one);
        String savepoint = run(one, stream, 0, null);
        savepoint = run(one.with(GeneralSection.PARALLELISM, 4), stream, 1, savepoint);
        run(one.with(GeneralSection.PARALLELISM, 2), stream, 2, savepoint);

        DetectorConfig alone =
                config("alone", 2).with(TopicSection.OBSERVATIONS, one.topics().observations());
        TopicSetup.create(alone, 4, (short) 1);
        announce(alone);
        TestingScoring undisturbed = TestingScoring.start(broker, REPORTER, alone, null);
        undisturbed.awaitScores(3 * PART);
        undisturbed.stopWithSavepoint(directory);

        Map<Place, Score> expected = TestingScoring.scores(broker, alone);
        Map<Place, Score> found = TestingScoring.scores(broker, one);
        assertThat(found).containsOnlyKeys(stream.good().keySet());
        assertThat(expected).containsOnlyKeys(stream.good().keySet());
        expected.forEach((place, score) -> {
            Score other = found.get(place);
            assertThat(other.verdict()).as(place.toString()).isEqualTo(score.verdict());
            assertThat(other.windowStart()).isEqualTo(score.windowStart());
            if (score.verdict() != Verdict.UNSCORED) {
                assertThat(other.threshold()).isEqualTo(score.threshold());
                assertThat(other.score()).as(place.toString()).isCloseTo(score.score(), within(1e-5));
            }
        });
        assertThat(found.values().stream().filter(score -> score.verdict() == Verdict.UNSCORED))
                .as("no entity warms up a second time")
                .hasSize(expected.values().stream()
                        .filter(score -> score.verdict() == Verdict.UNSCORED)
                        .toList()
                        .size());
        assertThat(incidents(one)).isNotEmpty().isEqualTo(incidents(alone));
    }

    /** Runs the job over one part, and stops it while an incident is open. */
    private static String run(DetectorConfig config, TestingStream stream, int part, @Nullable String savepoint)
            throws Exception {
        stream.trickle(part * PART, (part + 1) * PART);
        TestingScoring job = TestingScoring.start(broker, REPORTER, config, savepoint);
        stream.awaitSent();
        job.awaitScores((part + 1) * PART);
        return job.stopWithSavepoint(directory);
    }

    /** How often each state of an incident was told, by entity, kind and state. */
    private static Map<String, Integer> incidents(DetectorConfig config) throws Exception {
        Map<String, Integer> told = new TreeMap<>();
        for (var record :
                TestingKafka.readAll(broker.bootstrapServers(), config.topics().incidents())) {
            Incident incident = OutputCodec.incidents().decode(record.value());
            told.merge(incident.entity() + " " + incident.kind() + " " + incident.state(), 1, Integer::sum);
        }
        return told;
    }

    private static DetectorConfig config(String detector, int parallelism) {
        return DetectorConfig.withDefaults(detector, TestingModels.features(FEATURES))
                .withBootstrap(broker.bootstrapServers())
                .withCheckpointDirectory(directory.resolve(detector).toUri())
                .with(GeneralSection.PARALLELISM, parallelism)
                .with(WindowSection.ROWS, WINDOW)
                .with(EntitySection.DISORDER, Duration.ofSeconds(1))
                .with(IncidentSection.QUIET, Duration.ofSeconds(10))
                .with(IncidentSection.SEVERITY_BANDS, List.of(1_000.0, 2_000.0, 3_000.0))
                .with(CheckpointSection.INTERVAL, Duration.ofMillis(200));
    }

    /** Every entity reports every two seconds; near the end of each part another one breaks. */
    private static TestingStream stream(DetectorConfig config) {
        SplittableRandom random = new SplittableRandom(11);
        TestingStream stream = new TestingStream(broker, config);
        for (int i = 0; i < 3 * PART; i++) {
            float[] values = new float[FEATURES];
            for (int j = 0; j < FEATURES; j++) {
                values[j] = (float) random.nextGaussian() * 0.01f;
            }
            if (i % PART == PART - 40 + 3 + i / PART || i == PART / 2) {
                values[2] = 1_000;
            }
            stream.add("host-" + i % ENTITIES, START + i * STEP, values);
        }
        return stream;
    }

    private static void announce(DetectorConfig config) throws Exception {
        TestingModels models = new TestingModels(directory.resolve("models"), config.detector());
        ModelRelease release = models.release(1, 0, TestingModels.model(FEATURES, WINDOW, 3));
        byte[] key = (config.detector() + "/1").getBytes(StandardCharsets.UTF_8);
        TestingKafka.send(
                broker.bootstrapServers(),
                List.of(new ProducerRecord<>(config.topics().models(), key, new ModelReleaseCodec().encode(release))));
    }
}
