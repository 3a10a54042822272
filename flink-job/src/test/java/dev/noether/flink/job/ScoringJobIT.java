package dev.noether.flink.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.embedded.EmbeddedBroker;
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
import dev.noether.flink.ingest.Garbage;
import dev.noether.flink.job.TestingStream.Sent;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.scoring.TestingModels;
import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.schemas.Contribution;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelReleaseCodec;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectedCodec;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.Score;
import dev.noether.schemas.UnscoredReason;
import dev.noether.schemas.Verdict;
import dev.noether.testing.Patience;
import dev.noether.testing.RandomizedTest;
import dev.noether.testing.TestingKafka;
import dev.noether.testing.TestingKafka.Place;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole job, from a real broker to a real broker. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ScoringJobIT extends RandomizedTest {
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
    void everyGoodRecordIsScoredOnceAndEveryBadOneRejectedWithItsBytes(RandomGenerator random) throws Exception {
        DetectorConfig config = config("garbage");
        announce(config, release(config, 1, 0, random));
        TestingStream stream = new TestingStream(broker, config);
        Garbage[] kinds = Garbage.values();
        for (int i = 0; i < 10_000; i++) {
            String entity = "host-" + random.nextInt(ENTITIES);
            if (i % 10 == 0) {
                stream.add(kinds[i / 10 % kinds.length], entity, time(i), values(random), random);
            } else {
                stream.add(entity, time(i), values(random));
            }
        }
        TestingScoring job = TestingScoring.start(broker, REPORTER, config, null);
        stream.send();
        job.awaitScores(9_000);
        job.awaitRejected(1_000);
        job.stopWithSavepoint(directory);

        Map<Place, Score> scores = TestingScoring.scores(broker, config);
        assertThat(stream.good()).hasSize(9_000);
        assertThat(scores).containsOnlyKeys(stream.good().keySet());
        scores.forEach((place, score) -> {
            Sent sent = stream.good().get(place);
            assertThat(score.detector()).isEqualTo(config.detector());
            assertThat(score.entity()).isEqualTo(sent.observation().entity());
            assertThat(score.eventTime()).isEqualTo(sent.observation().eventTime());
        });
        assertThat(scores.values().stream().filter(score -> score.verdict() == Verdict.UNSCORED))
                .hasSize(ENTITIES * (WINDOW - 1))
                .allSatisfy(score -> assertThat(score.unscoredReason()).isEqualTo(UnscoredReason.WARM_UP));
        assertThat(scores.values().stream().filter(score -> score.verdict() != Verdict.UNSCORED))
                .allSatisfy(ScoringJobIT::assertComplete);
        assertRejected(config, stream.bad());
    }

    @Test
    void aReleaseTakesOverInMidStreamAndBadOnesChangeNothing(RandomGenerator random) throws Exception {
        DetectorConfig config = config("swap");
        TestingStream stream = orderly(config, 8_000, random);
        long secondFrom = time(3_000);
        long thirdFrom = time(6_000);
        announce(config, release(config, 1, 0, random));
        TestingScoring job = TestingScoring.start(broker, REPORTER, config, null);
        job.awaitModel(1);
        stream.trickle(0, 2_000);
        announce(config, release(config, 2, secondFrom, random));
        job.awaitModel(2);
        stream.awaitSent();
        stream.send(2_000, 4_000);

        List<ModelRelease> bad = badReleases(config, random);
        TestingKafka.send(
                broker.bootstrapServers(),
                List.of(new ProducerRecord<>(config.topics().models(), text("x"), text("no release"))));
        TestingKafka.send(
                broker.bootstrapServers(),
                List.of(new ProducerRecord<>(config.topics().models(), text("y"), null)));
        for (ModelRelease release : bad) {
            announce(config, release);
        }
        announce(config, ofAnotherDetector(release(config, 90, 0, random)));
        job.awaitRefused((long) bad.size() * config.parallelism());
        stream.send(4_000, 5_000);
        announce(config, release(config, 3, thirdFrom, random));
        job.awaitModel(3);
        stream.send(5_000, 8_000);
        job.awaitScores(8_000);
        job.stopWithSavepoint(directory);

        Map<Place, Score> scores = TestingScoring.scores(broker, config);
        assertThat(scores).containsOnlyKeys(stream.good().keySet());
        Map<Long, Set<Long>> versions = new HashMap<>();
        for (Score score : scores.values()) {
            if (score.unscoredReason() != UnscoredReason.WARM_UP) {
                long expected = score.eventTime() < secondFrom ? 1 : score.eventTime() < thirdFrom ? 2 : 3;
                assertThat(score.modelVersion())
                        .as("the model that scored event time " + score.eventTime() + ", second from " + secondFrom
                                + ", third from " + thirdFrom)
                        .isEqualTo(expected);
                versions.computeIfAbsent(expected, version -> new HashSet<>()).add(score.sourceOffset());
            }
        }
        assertThat(versions).containsOnlyKeys(1L, 2L, 3L);
    }

    @Test
    void stoppedCancelledAndRestoredTheScoresAreThoseOfAnUndisturbedRun(RandomGenerator random) throws Exception {
        DetectorConfig disturbed = config("disturbed");
        TestingStream stream = disorderly(disturbed, 8_000, random);
        long[] seeds = {random.nextLong(), random.nextLong()};
        announceTwo(disturbed, seeds);

        stream.trickle(0, 3_000);
        TestingScoring first = TestingScoring.start(broker, REPORTER, disturbed, null);
        first.awaitScores(800);
        String savepoint = first.stopWithSavepoint(directory);
        int stopped = TestingScoring.scores(broker, disturbed).size();
        stream.trickle(3_000, 6_000);
        TestingScoring second = TestingScoring.start(broker, REPORTER, disturbed, savepoint);
        second.awaitScores(stopped + 500);
        String checkpoint = second.cancel();
        stream.trickle(6_000, 8_000);
        TestingScoring third = TestingScoring.start(broker, REPORTER, disturbed, checkpoint);
        stream.awaitSent();
        third.awaitScores(stream.size());
        third.stopWithSavepoint(directory);

        assertEqualsUndisturbed(disturbed, stream, seeds);
    }

    @Test
    @Tag("long")
    void movedToRocksDbAndRestoredThereTheScoresAreThoseOfTheHeap(RandomGenerator random) throws Exception {
        DetectorConfig moved = config("moved");
        TestingStream stream = disorderly(moved, 6_000, random);
        long[] seeds = {random.nextLong(), random.nextLong()};
        announceTwo(moved, seeds);

        stream.trickle(0, 2_000);
        TestingScoring onHeap = TestingScoring.start(broker, REPORTER, moved, null);
        onHeap.awaitScores(800);
        String savepoint = onHeap.stopWithSavepoint(directory);
        int stopped = TestingScoring.scores(broker, moved).size();
        stream.trickle(2_000, 4_000);
        TestingScoring onRocksDb = TestingScoring.start(broker, REPORTER, moved, savepoint, "rocksdb");
        onRocksDb.awaitScores(stopped + 500);
        String checkpoint = onRocksDb.cancel();
        stream.trickle(4_000, 6_000);
        TestingScoring restored = TestingScoring.start(broker, REPORTER, moved, checkpoint, "rocksdb");
        stream.awaitSent();
        restored.awaitScores(stream.size());
        restored.stopWithSavepoint(directory);

        assertEqualsUndisturbed(moved, stream, seeds);
    }

    @Test
    void aTaskManagerThatDiesCostsNoScoreAndDoublesNone(@InjectMiniCluster MiniCluster cluster, RandomGenerator random)
            throws Exception {
        DetectorConfig failing = config("failing");
        TestingStream stream = disorderly(failing, 6_000, random);
        long[] seeds = {random.nextLong(), random.nextLong()};
        announceTwo(failing, seeds);

        TestingScoring job = TestingScoring.start(broker, REPORTER, failing, null);
        // The slots of either may be those in use: both die, one after the other, each amid a slice of the stream.
        for (int manager = 0; manager < 2; manager++) {
            stream.trickle(manager * 2_000, (manager + 1) * 2_000);
            job.awaitScores(manager * 2_000 + 500);
            cluster.startTaskManager();
            cluster.terminateTaskManager(manager).get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
        }
        stream.trickle(4_000, 6_000);
        stream.awaitSent();
        job.awaitScores(stream.size());
        assertThat(job.restarts()).isPositive();
        job.stopWithSavepoint(directory);

        assertEqualsUndisturbed(failing, stream, seeds);
    }

    @Test
    void aJobThatFindsAReleaseScoresFromTheFirstFullWindow(RandomGenerator random) throws Exception {
        DetectorConfig config = config("warm");
        announce(config, release(config, 1, 0, random));
        TestingStream stream = orderly(config, 500, random);
        stream.send();
        TestingScoring job = TestingScoring.start(broker, REPORTER, config, null);
        job.awaitScores(500);
        job.stopWithSavepoint(directory);
        Map<UnscoredReason, Long> unscored = TestingScoring.scores(broker, config).values().stream()
                .filter(score -> score.verdict() == Verdict.UNSCORED)
                .collect(Collectors.groupingBy(Score::unscoredReason, Collectors.counting()));
        assertThat(unscored).containsExactly(Map.entry(UnscoredReason.WARM_UP, (long) ENTITIES * (WINDOW - 1)));
    }

    private static void assertComplete(Score score) {
        assertThat(score.modelVersion()).isEqualTo(1);
        assertThat(score.score()).isFinite().isNotNegative();
        assertThat(score.pValue()).isBetween(0.0, 1.0);
        assertThat(score.contributions()).hasSize(FEATURES);
        assertThat(score.contributions().stream()
                        .mapToDouble(Contribution::share)
                        .sum())
                .isCloseTo(1, within(EQUAL));
    }

    private static void assertRejected(DetectorConfig config, Map<Place, Sent> bad) throws Exception {
        Map<Place, Rejected> rejections = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                TestingKafka.readAll(broker.bootstrapServers(), config.topics().rejected())) {
            Rejected rejected = new RejectedCodec().decode(record.value());
            Place place = new Place(rejected.partition(), rejected.offset());
            assertThat(rejections.put(place, rejected))
                    .as("a second rejection of one record")
                    .isNull();
            Sent sent = bad.get(place);
            assertThat(sent).as("the garbage at " + place).isNotNull();
            assertThat(rejected.reason())
                    .as(sent.garbage().name())
                    .isEqualTo(sent.garbage().reason());
            assertThat(rejected.value()).as(sent.garbage().name()).isEqualTo(sent.bytes());
            assertThat(rejected.topic()).isEqualTo(config.topics().observations());
            assertThat(rejected.key()).isEqualTo(text(sent.observation().entity()));
        }
        assertThat(rejections).hasSize(1_000).containsOnlyKeys(bad.keySet());
    }

    /** Runs another detector with the same models over the same topic, and compares. */
    private static void assertEqualsUndisturbed(DetectorConfig disturbed, TestingStream stream, long[] seeds)
            throws Exception {
        DetectorConfig undisturbed = config(disturbed.detector() + "-not")
                .with(TopicSection.OBSERVATIONS, disturbed.topics().observations());
        announceTwo(undisturbed, seeds);
        TestingScoring job = TestingScoring.start(broker, REPORTER, undisturbed, null);
        job.awaitScores(stream.size());
        job.stopWithSavepoint(directory);
        Map<Place, Score> expected = TestingScoring.scores(broker, undisturbed);
        Map<Place, Score> found = TestingScoring.scores(broker, disturbed);
        assertThat(expected).containsOnlyKeys(stream.good().keySet());
        assertThat(found).containsOnlyKeys(stream.good().keySet());
        assertThat(expected.values().stream().map(Score::modelVersion).distinct())
                .containsExactlyInAnyOrder(1L, 2L, Score.NO_MODEL);
        assertThat(expected.values().stream()
                        .filter(score -> score.unscoredReason() != null)
                        .map(Score::unscoredReason)
                        .distinct())
                .containsExactlyInAnyOrder(UnscoredReason.WARM_UP, UnscoredReason.LATE);
        expected.forEach((place, score) -> {
            Score other = found.get(place);
            assertThat(other.verdict()).isEqualTo(score.verdict());
            assertThat(other.unscoredReason()).isEqualTo(score.unscoredReason());
            assertThat(other.modelVersion()).isEqualTo(score.modelVersion());
            assertThat(other.windowStart()).isEqualTo(score.windowStart());
            if (score.verdict() != Verdict.UNSCORED) {
                assertThat(other.threshold()).isEqualTo(score.threshold());
                assertThat(other.score()).as(place.toString()).isCloseTo(score.score(), within(EQUAL));
            }
        });
    }

    private static DetectorConfig config(String detector) {
        DetectorConfig config = DetectorConfig.withDefaults(detector, TestingModels.features(FEATURES))
                .withBootstrap(broker.bootstrapServers())
                .withCheckpointDirectory(directory.resolve("checkpoints").toUri())
                .with(GeneralSection.PARALLELISM, 2)
                .with(WindowSection.ROWS, WINDOW)
                .with(ModelSection.FORECAST_ROWS, WINDOW - 1)
                .with(EntitySection.DISORDER, Duration.ofSeconds(40))
                // Rows wait for the barrier or the watermark, so that a checkpoint nearly always finds some pending.
                .with(MicroBatchSection.SIZE, 512)
                .with(MicroBatchSection.LINGER, Duration.ofSeconds(20))
                .with(OutputSection.CONTRIBUTIONS, ContributionDetail.ALL)
                .with(CheckpointSection.INTERVAL, Duration.ofMillis(200));
        TopicSetup.create(config, PARTITIONS, (short) 1);
        return config;
    }

    private static TestingStream orderly(DetectorConfig config, int count, RandomGenerator random) {
        TestingStream stream = new TestingStream(broker, config);
        for (int i = 0; i < count; i++) {
            stream.add("host-" + i % ENTITIES, time(i), values(random));
        }
        return stream;
    }

    /** Some rows are older than those before them, and some of these too old. */
    private static TestingStream disorderly(DetectorConfig config, int count, RandomGenerator random) {
        TestingStream stream = new TestingStream(broker, config);
        for (int i = 0; i < count; i++) {
            long behind = random.nextInt(10) == 0 ? random.nextInt(70_000) : 0;
            stream.add("host-" + i % ENTITIES, time(i) - behind, values(random));
        }
        return stream;
    }

    private static void announceTwo(DetectorConfig config, long[] seeds) throws Exception {
        TestingModels models = models(config);
        announce(config, models.release(1, 0, TestingModels.model(FEATURES, WINDOW, seeds[0])));
        announce(config, models.release(2, time(1_500), TestingModels.model(FEATURES, WINDOW, seeds[1])));
    }

    private static List<ModelRelease> badReleases(DetectorConfig config, RandomGenerator random) throws Exception {
        TestingModels models = models(config);
        ModelArtifact model = TestingModels.model(FEATURES, WINDOW, random.nextLong());
        byte[] good = ArtifactCodec.encode(model);
        byte[] corrupted = good.clone();
        corrupted[random.nextInt(good.length)] ^= (byte) random.nextInt(1, 256);
        byte[] truncated = Arrays.copyOf(good, random.nextInt(good.length));
        return List.of(
                damaged(config, 80, good, corrupted),
                damaged(config, 81, good, truncated),
                models.release(82, 0, truncated, model.features()),
                models.release(83, 0, TestingModels.model(FEATURES + 1, WINDOW, random.nextLong())),
                models.release(84, 0, TestingModels.model(FEATURES, WINDOW + 1, random.nextLong())),
                models.release(85, 0, TestingModels.ofFutureFormat(good), model.features()),
                TestingModels.release(config.detector(), 86, 0, "", ArtifactCodec.hash(good), model.features()),
                // The second version once more, later, damaged: the one in force must stay.
                damaged(config, 2, good, corrupted).inStage(ReleaseStage.CHAMPION, 0, ModelRelease.NO_END, 1));
    }

    private static ModelRelease damaged(DetectorConfig config, long version, byte[] announced, byte[] stored)
            throws Exception {
        Path file = Files.write(directory.resolve(config.detector() + "-damaged-" + version), stored);
        return TestingModels.release(
                config.detector(),
                version,
                0,
                file.toUri().toString(),
                ArtifactCodec.hash(announced),
                config.features());
    }

    private static ModelRelease ofAnotherDetector(ModelRelease release) {
        return TestingModels.release(
                "another",
                release.version(),
                release.effectiveFrom(),
                release.artifact().uri(),
                release.artifact().sha256(),
                TestingModels.features(FEATURES));
    }

    private static ModelRelease release(
            DetectorConfig config, long version, long effectiveFrom, RandomGenerator random) {
        return models(config).release(version, effectiveFrom, TestingModels.model(FEATURES, WINDOW, random.nextLong()));
    }

    private static TestingModels models(DetectorConfig config) {
        return new TestingModels(directory.resolve("models"), config.detector());
    }

    private static void announce(DetectorConfig config, ModelRelease release) throws Exception {
        byte[] key = text(release.detector() + "/" + release.version());
        TestingKafka.send(
                broker.bootstrapServers(),
                List.of(new ProducerRecord<>(config.topics().models(), key, new ModelReleaseCodec().encode(release))));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static long time(int i) {
        return START + i * 1000L;
    }

    private static float[] values(RandomGenerator random) {
        float[] values = new float[FEATURES];
        for (int j = 0; j < FEATURES; j++) {
            values[j] = (float) random.nextGaussian();
        }
        return values;
    }
}
