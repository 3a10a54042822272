package dev.noether.flink.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.AlarmSection;
import dev.noether.flink.config.CheckpointSection;
import dev.noether.flink.config.ContributionDetail;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.EntitySection;
import dev.noether.flink.config.GeneralSection;
import dev.noether.flink.config.MicroBatchSection;
import dev.noether.flink.config.ModelSection;
import dev.noether.flink.config.OutputSection;
import dev.noether.flink.config.TopicSection;
import dev.noether.flink.config.WindowSection;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.release.Announcer;
import dev.noether.flink.release.ModelChange;
import dev.noether.flink.renewal.Withdrawal;
import dev.noether.flink.retrain.ScoresTail;
import dev.noether.flink.scoring.TestingModels;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentCodec;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.Score;
import dev.noether.testing.RandomizedTest;
import dev.noether.testing.TestingKafka;
import dev.noether.testing.TestingKafka.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stream in Kafka, scored live with two changes of models, a rollback and two kills, and then from the beginning by a
 * job with another parallelism and other micro-batches, which knows all releases from the start.
 */
@Tag("long")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ReplayIT extends RandomizedTest {
    private static final InMemoryReporter REPORTER = InMemoryReporter.create();

    @RegisterExtension
    private static final MiniClusterExtension FLINK =
            new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                    .setNumberTaskManagers(2)
                    .setNumberSlotsPerTaskManager(2)
                    .setConfiguration(REPORTER.addToConfiguration(new org.apache.flink.configuration.Configuration()))
                    .build());

    private static final int PARTITIONS = 3;
    private static final int FEATURES = 5;
    private static final int WINDOW = 4;
    private static final int ENTITIES = 20;
    private static final int ROWS = 6_000;
    private static final long START = 1_700_000_000_000L;
    private static final double EQUAL = 1e-5;

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
    void theSameInputAndReleasesGiveTheSameScoresModelsAndIncidents(RandomGenerator random) throws Exception {
        DetectorConfig live = config("scores", "incidents", 2, 512);
        TestingStream stream = stream(live, random);
        long rollback = live(live, stream, random);

        DetectorConfig replayed = config("scores-again", "incidents-again", 1, 64);
        TestingScoring replay = TestingScoring.start(broker, REPORTER, replayed, null);
        replay.awaitScores(ROWS);
        replay.stopWithSavepoint(directory);

        Map<Place, Score> expected = TestingScoring.scores(broker, live);
        requireModels(expected, rollback);
        requireSame(TestingScoring.scores(broker, replayed), expected);
        assertThat(incidents(replayed)).isNotEmpty().isEqualTo(incidents(live));
    }

    /** Returns the event time from which on model 3 no longer scores. */
    private static long live(DetectorConfig config, TestingStream stream, RandomGenerator random) throws Exception {
        announce(config, release(config, 1, 0, random));
        TestingScoring job = TestingScoring.start(broker, REPORTER, config, null);
        job.awaitModel(1);
        stream.send(0, 1_000);
        announce(config, release(config, 2, time(2_000), random));
        job.awaitModel(2);
        stream.send(1_000, 2_500);
        job.awaitScores(2_000);
        job = TestingScoring.start(broker, REPORTER, config, job.cancel());
        job.awaitModel(2);
        announce(config, release(config, 3, time(3_000), random));
        job.awaitModel(3);
        stream.send(2_500, 4_000);
        // The rows that are in no checkpoint yet are not committed, but the tail of the scores shows them.
        job.awaitScores(3_500);
        long end = Withdrawal.end(config, ScoresTail.newestEventTime(config).orElseThrow());
        // Until then the announcement has reached every task.
        ModelChange.Reason reason = new ModelChange.Reason("a person", "It is noisy.", List.of());
        ModelRelease ended = Withdrawal.announce(config, change -> change.find(3), Math.max(end, time(4_000)), reason);
        job.awaitModel(2);
        stream.send(4_000, 5_000);
        job = TestingScoring.start(broker, REPORTER, config, job.cancel());
        stream.send(5_000, ROWS);
        job.awaitScores(ROWS);
        job.stopWithSavepoint(directory);
        return ended.effectiveTo();
    }

    private static void requireModels(Map<Place, Score> scores, long rollback) {
        assertThat(scores).hasSize(ROWS);
        for (Score score : scores.values()) {
            if (score.unscoredReason() == null) {
                long time = score.eventTime();
                boolean isThird = time >= time(3_000) && time < rollback;
                long expected = time < time(2_000) ? 1 : isThird ? 3 : 2;
                assertThat(score.modelVersion()).as("the model at %d", time).isEqualTo(expected);
            }
        }
    }

    private static void requireSame(Map<Place, Score> scores, Map<Place, Score> expected) {
        assertThat(scores).containsOnlyKeys(expected.keySet());
        expected.forEach((place, score) -> {
            Score again = scores.get(place);
            assertThat(again.modelVersion()).as("%s", place).isEqualTo(score.modelVersion());
            assertThat(again.modelHash()).as("%s", place).isEqualTo(score.modelHash());
            assertThat(again.verdict()).as("%s", place).isEqualTo(score.verdict());
            if (score.unscoredReason() == null) {
                assertThat(again.score()).as("%s", place).isCloseTo(score.score(), within(EQUAL));
                assertThat(again.threshold()).as("%s", place).isCloseTo(score.threshold(), within(EQUAL));
            }
        });
    }

    /** The ids of the anomalies. A silence at the end of the stream depends on how long it was waited for. */
    private static Set<String> incidents(DetectorConfig config) throws Exception {
        Set<String> ids = new TreeSet<>();
        for (var record :
                TestingKafka.readAll(broker.bootstrapServers(), config.topics().incidents())) {
            Incident incident = new IncidentCodec().decode(record.value());
            // Those of the last minutes may wait for a watermark that one of the jobs did not see.
            if (incident.kind() == IncidentKind.ANOMALY && incident.start() < time(ROWS - 600)) {
                ids.add(incident.id());
            }
        }
        return ids;
    }

    private static DetectorConfig config(String scores, String incidents, int parallelism, int batchSize) {
        DetectorConfig config = DetectorConfig.withDefaults("replay", TestingModels.features(FEATURES))
                .withBootstrap(broker.bootstrapServers())
                .withCheckpointDirectory(
                        directory.resolve("checkpoints-" + parallelism).toUri())
                .with(TopicSection.SCORES, scores)
                .with(TopicSection.INCIDENTS, incidents)
                .with(TopicSection.REJECTED, scores + "-rejected")
                .with(GeneralSection.PARALLELISM, parallelism)
                .with(WindowSection.ROWS, WINDOW)
                .with(ModelSection.FORECAST_ROWS, WINDOW - 1)
                .with(EntitySection.DISORDER, Duration.ofSeconds(40))
                .with(AlarmSection.BUDGET, AlarmBudget.parse("1 per entity per PT2000S"))
                .with(MicroBatchSection.SIZE, batchSize)
                .with(OutputSection.CONTRIBUTIONS, ContributionDetail.ANOMALOUS)
                .with(CheckpointSection.INTERVAL, Duration.ofMillis(200));
        TopicSetup.create(config, PARTITIONS, (short) 1);
        return config;
    }

    private static TestingStream stream(DetectorConfig config, RandomGenerator random) {
        TestingStream stream = new TestingStream(broker, config);
        for (int i = 0; i < ROWS; i++) {
            // Every 500 rows another entity breaks for three of its rows.
            boolean isBroken = i % ENTITIES == i / 500 % ENTITIES && i / ENTITIES % 25 < 3 && i > 500;
            float[] values = new float[FEATURES];
            for (int j = 0; j < FEATURES; j++) {
                values[j] = (float) random.nextGaussian() + (isBroken ? 60 : 0);
            }
            stream.add("host-" + i % ENTITIES, time(i), values);
        }
        return stream;
    }

    private static ModelRelease release(DetectorConfig config, long version, long from, RandomGenerator random) {
        return new TestingModels(directory.resolve("models"), config.detector())
                .release(version, from, TestingModels.model(FEATURES, WINDOW, random.nextLong()));
    }

    private static void announce(DetectorConfig config, ModelRelease release) throws Exception {
        try (Announcer announcer = Announcer.open(config)) {
            announcer.announce(List.of(release));
        }
    }

    private static long time(int i) {
        return START + i * 1_000L;
    }
}
