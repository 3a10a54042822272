package dev.noether.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.CheckpointSection;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.EntitySection;
import dev.noether.flink.config.GeneralSection;
import dev.noether.flink.config.IncidentSection;
import dev.noether.flink.config.OutputSection;
import dev.noether.flink.config.WindowSection;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.recovery.DamagedCheckpointException;
import dev.noether.flink.recovery.OpenTransactions;
import dev.noether.flink.recovery.OutputAudit;
import dev.noether.flink.recovery.StoredCheckpoint;
import dev.noether.flink.scoring.TestingModels;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelReleaseCodec;
import dev.noether.schemas.Score;
import dev.noether.schemas.output.OutputCodec;
import dev.noether.schemas.output.OutputFormat;
import dev.noether.testing.Patience;
import dev.noether.testing.TestingKafka;
import dev.noether.testing.TestingKafka.Place;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Long stops, kills between checkpoint and commit, damaged checkpoints, and retention, with a real broker. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RecoveryIT {
    private static final InMemoryReporter REPORTER = InMemoryReporter.create();

    @RegisterExtension
    private static final MiniClusterExtension FLINK =
            new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                    .setNumberTaskManagers(1)
                    .setNumberSlotsPerTaskManager(2)
                    .setConfiguration(REPORTER.addToConfiguration(
                            new Configuration().set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 3)))
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
    void aCleanStopLongerThanTheLifeOfATransactionalIdEndsInNoLoop() throws Exception {
        DetectorConfig config = config("expired");
        TestingStream stream = stream(config);
        TestingScoring first = TestingScoring.start(broker, REPORTER, config, null);
        stream.send(0, PART / 2);
        first.awaitScores(PART / 2);
        // Slowly, so that the newest checkpoint has a transaction.
        for (int i = PART / 2; i < PART; i += 5) {
            stream.trickle(i, i + 5);
        }
        first.awaitScores(PART * 3 / 4);
        String checkpoint = first.cancel();
        stream.awaitSent();
        forgetTransactionalIds(config);

        stream.send(PART, 2 * PART);
        TestingScoring second = TestingScoring.start(broker, REPORTER, config, checkpoint);
        second.awaitScores(2 * PART);
        assertThat(second.restarts()).isZero();
        assertThat(second.count("failedCommittables")).isPositive();
        second.kill();
        assertEachOnce(config, stream, 2 * PART);
    }

    @Test
    void aLostTransactionIsNamedAndRecoveredWithoutDoubling() throws Exception {
        DetectorConfig config = config("lost").with(OutputSection.FORMAT, OutputFormat.JSON);
        announce(config);
        TestingStream stream = stream(config);
        stream.send(0, PART);
        TestingScoring first = TestingScoring.start(broker, REPORTER, config, null);
        first.awaitScores(PART);
        String checkpoint = first.cancel();

        TestingScoring killed = TestingScoring.startUncommitted(broker, REPORTER, config, checkpoint);
        stream.send(PART, 2 * PART);
        Patience.await(
                "a checkpoint behind all observations",
                () -> offsets(checkpoints(config).get(0), config) == 2 * PART,
                () -> offsets(checkpoints(config).get(0), config));
        String uncommitted = killed.cancel();
        assertThat(TestingScoring.scores(broker, config)).hasSize(PART);
        assertThat(OpenTransactions.abort(config)).isNotEmpty();
        forgetTransactionalIds(config);

        stream.send(2 * PART, 3 * PART);
        TestingScoring third = TestingScoring.start(broker, REPORTER, config, uncommitted);
        third.awaitScores(2 * PART);
        assertThat(third.count("failedCommittables")).isPositive();
        third.kill();
        OutputAudit audit = OutputAudit.read(config, Map.of());
        assertThat(audit.missing()).isEqualTo(PART);
        assertThat(audit.messages()).allSatisfy(line -> assertThat(line).contains("have no score"));

        ScoringStart start = ScoringStart.recover(config, checkpoints(config));
        assertThat(start.checkpoint()).isPresent();
        TestingScoring fourth = TestingScoring.begin(broker, REPORTER, config, start);
        fourth.awaitScores(3 * PART);
        Patience.await("dropped scores", () -> fourth.count("repeated") > 0, () -> fourth.count("repeated"));
        fourth.cancel();
        stream.send(3 * PART, 4 * PART);
        TestingScoring fifth =
                TestingScoring.begin(broker, REPORTER, config, ScoringStart.resume(config, checkpoints(config)));
        fifth.awaitScores(4 * PART);
        fifth.kill();
        assertEachOnce(config, stream, 4 * PART);
        assertEachIncidentOnce(config, 4);
    }

    @Test
    @Tag("long")
    void aStartFindsALostTransactionByItself() throws Exception {
        DetectorConfig config = config("found");
        announce(config);
        TestingStream stream = stream(config);
        stream.send(0, PART);
        TestingScoring first = TestingScoring.start(broker, REPORTER, config, null);
        first.awaitScores(PART);
        String checkpoint = first.cancel();
        assertThat(ScoringStart.resume(config, checkpoints(config)).messages()).isEmpty();
        TestingScoring killed = TestingScoring.startUncommitted(broker, REPORTER, config, checkpoint);
        stream.send(PART, 2 * PART);
        Patience.await(
                "a checkpoint behind all observations",
                () -> offsets(checkpoints(config).get(0), config) == 2 * PART,
                () -> offsets(checkpoints(config).get(0), config));
        killed.cancel();
        OpenTransactions.abort(config);
        for (Path newer : checkpoints(config).subList(1, checkpoints(config).size())) {
            if (offsets(newer, config) == 2 * PART) {
                RetainedCheckpoints.setAside(newer);
            }
        }

        ScoringStart start = ScoringStart.resume(config, checkpoints(config));
        assertThat(start.missing()).isEqualTo(PART);
        TestingScoring second = TestingScoring.begin(broker, REPORTER, config, start);
        second.awaitScores(2 * PART);
        second.kill();
        assertEachOnce(config, stream, 2 * PART);
    }

    /** The format of the outputs changes at the second start, so the audits read topics with both. */
    @Test
    void aDamagedCheckpointIsPassedOverAndNothingIsDoubled() throws Exception {
        DetectorConfig config = config("damaged");
        announce(config);
        TestingStream stream = stream(config);
        stream.send(0, PART);
        TestingScoring first = TestingScoring.start(broker, REPORTER, config, null);
        first.awaitScores(PART);
        stream.send(PART, 2 * PART);
        first.awaitScores(2 * PART);
        first.cancel();
        Path newest = checkpoints(config).get(0).resolve(StoredCheckpoint.METADATA);
        byte[] metadata = Files.readAllBytes(newest);
        Files.write(newest, Arrays.copyOf(metadata, metadata.length / 2));

        ScoringStart start = ScoringStart.resume(config, checkpoints(config));
        assertThat(start.checkpoint()).isPresent();
        assertThat(start.messages().get(0)).contains("is damaged: _metadata cannot be read");
        stream.send(2 * PART, 3 * PART);
        TestingScoring second =
                TestingScoring.begin(broker, REPORTER, config.with(OutputSection.FORMAT, OutputFormat.JSON), start);
        second.awaitScores(3 * PART);
        second.kill();
        assertEachOnce(config, stream, 3 * PART);

        deleteAll(Path.of(config.checkpoints().directory()));
        ScoringStart withoutState = ScoringStart.resume(config, checkpoints(config));
        assertThat(withoutState.checkpoint()).isEmpty();
        TestingScoring third = TestingScoring.begin(broker, REPORTER, config, withoutState);
        stream.send(3 * PART, 4 * PART);
        third.awaitScores(4 * PART);
        third.kill();
        assertHasBothFormats(config);
        assertEachOnce(config, stream, 4 * PART);
        assertEachIncidentOnce(config, 4);
    }

    @Test
    void observationsThatRetentionRemovedUnreadAreCounted() throws Exception {
        DetectorConfig config = config("removed");
        TestingStream stream = stream(config);
        stream.send(0, PART);
        TestingScoring first = TestingScoring.start(broker, REPORTER, config, null);
        first.awaitScores(PART);
        String checkpoint = first.cancel();
        stream.send(PART, 2 * PART);
        long kept = 0;
        long removed = 0;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) broker.bootstrapServers()))) {
            Map<TopicPartition, RecordsToDelete> before = new HashMap<>();
            Map<Integer, Long> read = OutputAudit.read(config, Map.of()).firstWithout();
            for (Map.Entry<Integer, Long> partition : read.entrySet()) {
                long end = TopicReader.endOffsets(config, config.topics().observations())[partition.getKey()];
                long to = (partition.getValue() + end) / 2;
                removed += to - partition.getValue();
                kept += end - to;
                before.put(
                        new TopicPartition(config.topics().observations(), partition.getKey()),
                        RecordsToDelete.beforeOffset(to));
            }
            admin.deleteRecords(before).all().get();
        }
        TestingScoring second = TestingScoring.start(broker, REPORTER, config, checkpoint);
        second.awaitScores((int) (PART + kept));
        assertThat(second.count("observationsLost")).isPositive().isEqualTo(removed);
        second.kill();
        assertThat(OutputAudit.read(config, Map.of()).isComplete()).isTrue();
    }

    @Test
    void resultsOfAnEarlierTopicDoNotHideTheObservationsOfTheNewOne() throws Exception {
        DetectorConfig config = config("again");
        TestingStream before = stream(config);
        before.send(0, PART);
        TestingScoring first = TestingScoring.start(broker, REPORTER, config, null);
        first.awaitScores(PART);
        first.cancel();
        deleteAll(Path.of(config.checkpoints().directory()));
        createAgain(config);
        assertThat(OutputAudit.read(config, Map.of()).isCreatedAgain()).isTrue();

        TestingStream after = stream(config);
        after.send(PART, 3 * PART);
        ScoringStart start = ScoringStart.resume(config, checkpoints(config));
        assertThat(start.messages().get(0)).contains("was deleted and created again");
        TestingScoring second = TestingScoring.begin(broker, REPORTER, config, start);
        second.awaitScores(3 * PART);
        second.cancel();
        assertThat(placesOfScoresFrom(START + PART * STEP, config))
                .containsExactlyInAnyOrderElementsOf(after.good().keySet());

        // Each observation of the new topic has its result now, and those of the old one still do not count.
        OutputAudit audit = OutputAudit.read(config, Map.of());
        assertThat(audit.isComplete()).isTrue();
        assertThat(audit.isCreatedAgain()).isTrue();
    }

    private static List<Place> placesOfScoresFrom(long eventTime, DetectorConfig config) throws Exception {
        List<Place> places = new ArrayList<>();
        for (var record :
                TestingKafka.readAll(broker.bootstrapServers(), config.topics().scores())) {
            Score score = OutputCodec.scores().decode(record.value());
            if (score.eventTime() >= eventTime) {
                places.add(new Place(score.sourcePartition(), score.sourceOffset()));
            }
        }
        return places;
    }

    private static void createAgain(DetectorConfig config) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) broker.bootstrapServers()))) {
            admin.deleteTopics(List.of(config.topics().observations())).all().get();
            Patience.await(
                    "the topic is gone",
                    () -> !admin.listTopics()
                            .names()
                            .get()
                            .contains(config.topics().observations()),
                    () -> "it is there");
        }
        TopicSetup.create(config, 2, (short) 1);
    }

    /** Number of observations before a checkpoint; -1 if it is just being written or deleted. */
    private static long offsets(Path checkpoint, DetectorConfig config) {
        try {
            return StoredCheckpoint.open(checkpoint, config).offsets().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        } catch (DamagedCheckpointException unfinished) {
            return -1;
        }
    }

    /** Makes the broker forget the transactional ids, as it does after {@code transactional.id.expiration.ms}. */
    private static void forgetTransactionalIds(DetectorConfig config) throws Exception {
        int port = broker.port();
        broker.close();
        Map<String, String> forgetful = Map.of(
                "transactional.id.expiration.ms",
                "1",
                "transaction.remove.expired.transaction.cleanup.interval.ms",
                "100");
        Path log = directory.resolve("broker");
        broker = EmbeddedBroker.start(log, port, EmbeddedBroker.DEFAULT_START_TIMEOUT, forgetful);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) broker.bootstrapServers()))) {
            Patience.await(
                    "no transactional ids",
                    () -> admin.listTransactions().all().get().stream()
                            .noneMatch(one -> one.transactionalId().startsWith("noether." + config.detector() + ".")),
                    () -> "some");
        }
        broker.close();
        broker = EmbeddedBroker.start(log, port);
    }

    private static void assertEachOnce(DetectorConfig config, TestingStream stream, int count) throws Exception {
        assertThat(stream.good()).hasSize(count);
        assertThat(TestingScoring.scores(broker, config))
                .containsOnlyKeys(stream.good().keySet());
    }

    private static void assertHasBothFormats(DetectorConfig config) throws Exception {
        assertThat(TestingKafka.readAll(
                        broker.bootstrapServers(), config.topics().scores()))
                .anySatisfy(record -> assertThat(record.value()[0]).isEqualTo((byte) '{'))
                .anySatisfy(record -> assertThat(record.value()[0]).isEqualTo((byte) 0xC3));
    }

    private static void assertEachIncidentOnce(DetectorConfig config, int count) throws Exception {
        Map<String, List<IncidentState>> states = new LinkedHashMap<>();
        for (var record :
                TestingKafka.readAll(broker.bootstrapServers(), config.topics().incidents())) {
            Incident incident = OutputCodec.incidents().decode(record.value());
            states.computeIfAbsent(incident.id(), id -> new ArrayList<>()).add(incident.state());
        }
        assertThat(states).hasSize(count);
        assertThat(states.values())
                .allSatisfy(one -> assertThat(one).containsExactly(IncidentState.OPENED, IncidentState.RESOLVED));
    }

    private static List<Path> checkpoints(DetectorConfig config) {
        return RetainedCheckpoints.all(Path.of(config.checkpoints().directory()));
    }

    private static DetectorConfig config(String detector) {
        DetectorConfig config = DetectorConfig.withDefaults(detector, TestingModels.features(FEATURES))
                .withBootstrap(broker.bootstrapServers())
                .withCheckpointDirectory(directory.resolve(detector).toUri())
                .with(GeneralSection.PARALLELISM, 2)
                .with(WindowSection.ROWS, WINDOW)
                .with(EntitySection.DISORDER, Duration.ofSeconds(1))
                .with(IncidentSection.QUIET, Duration.ofSeconds(10))
                .with(IncidentSection.SEVERITY_BANDS, List.of(1_000.0, 2_000.0, 3_000.0))
                .with(CheckpointSection.INTERVAL, Duration.ofMillis(100));
        TopicSetup.create(config, 2, (short) 1);
        return config;
    }

    /** Every entity reports every two seconds; in the middle of each part another one breaks. */
    private static TestingStream stream(DetectorConfig config) {
        SplittableRandom random = new SplittableRandom(11);
        TestingStream stream = new TestingStream(broker, config);
        for (int i = 0; i < 4 * PART; i++) {
            float[] values = new float[FEATURES];
            for (int j = 0; j < FEATURES; j++) {
                values[j] = (float) random.nextGaussian() * 0.01f;
            }
            if (i % PART == PART / 2 + 3 + i / PART) {
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

    private static void deleteAll(Path folder) throws Exception {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws java.io.IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
