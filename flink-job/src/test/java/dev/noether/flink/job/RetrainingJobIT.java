package dev.noether.flink.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.AlarmSection;
import dev.noether.flink.config.CheckpointSection;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.GeneralSection;
import dev.noether.flink.config.IncidentSection;
import dev.noether.flink.config.ModelSection;
import dev.noether.flink.config.RetrainingSection;
import dev.noether.flink.config.WindowSection;
import dev.noether.flink.ingest.Garbage;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.release.ModelStore;
import dev.noether.flink.release.PromisedRate;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.flink.renewal.ModelTrainer;
import dev.noether.flink.renewal.TrainingOnDemand;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.retrain.NoObservationsException;
import dev.noether.flink.retrain.RetrainingException;
import dev.noether.flink.retrain.UnreportedFeaturesException;
import dev.noether.flink.scoring.TestingModels;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.engine.EngineChoice;
import dev.noether.model.training.HistoryTooShortException;
import dev.noether.schemas.DecisionFacts;
import dev.noether.schemas.Features;
import dev.noether.schemas.GateFigure;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelReleaseCodec;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.Score;
import dev.noether.schemas.ScoreCodec;
import dev.noether.schemas.UnscoredReason;
import dev.noether.schemas.Verdict;
import dev.noether.testing.Patience;
import dev.noether.testing.TestingKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The bounded job, from a real broker to a release in its models topic and an artifact in its store. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RetrainingJobIT {
    private static final long SEED = Long.getLong("noether.seed", 7);

    @RegisterExtension
    private static final MiniClusterExtension FLINK =
            new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                    .setNumberTaskManagers(1)
                    .setNumberSlotsPerTaskManager(4)
                    .build());

    private static final int FEATURES = 5;
    private static final int WINDOW = 3;
    private static final int ENTITIES = 4;
    private static final int ROWS = 1_600;
    private static final long START = 1_700_000_000_000L;
    private static final Duration DELAY = Duration.ofMinutes(7);

    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() {
        System.out.println("histories of seed " + SEED + ", change with -Dnoether.seed=");
        broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void eachRunAnnouncesTheNextVersionAndTheSameDataGivesTheSameBytes() throws Exception {
        DetectorConfig config = config("versions");
        history(config, ROWS).send();
        ModelRelease first = run(config, HistoryRange.all());
        ModelRelease second = run(config, HistoryRange.all());
        for (long impossible : new long[] {Long.MAX_VALUE, ReleaseTopic.LARGEST_VERSION + 1, 0, -3}) {
            announce(config, second, impossible);
        }
        ModelRelease spread = run(config.with(GeneralSection.PARALLELISM, 2), HistoryRange.all());

        assertThat(new ReleaseTopic(config).read()).containsExactly(first, second, spread);
        assertThat(List.of(first, second, spread))
                .extracting(ModelRelease::version)
                .containsExactly(1L, 2L, 3L);
        long newest = time(ROWS - 1);
        assertThat(first.effectiveFrom()).isEqualTo(newest + 1);
        assertThat(second.effectiveFrom()).isEqualTo(newest + DELAY.toMillis());
        assertDescribesItsArtifact(config, first);
        assertThat(second.artifact().sha256())
                .as("the artifact of a second run on the same data with the same seed")
                .isEqualTo(first.artifact().sha256());
        assertEqualButForParallelism(model(first), model(spread));
    }

    /** The scores and incidents topics say what; the rows of the others stay. */
    @Test
    void whatTheModelInForceFlaggedIsNotTrainedOn() throws Exception {
        DetectorConfig config = config("flagged").with(IncidentSection.QUIET, Duration.ofSeconds(20));
        history(config, ROWS).send();
        ModelRelease first = run(config, HistoryRange.all());
        List<ProducerRecord<byte[], byte[]>> scores = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            scores.add(score(config, first, i, i % ENTITIES == 1 && i > 800 && i < 900));
        }
        TestingKafka.send(broker.bootstrapServers(), scores);
        ModelRelease second = run(config, HistoryRange.all());
        // The host reports every 4 s from 801 s to 897 s; 20 s before and after it are left out too.
        assertThat(second.provenance())
                .containsEntry("data.leftOut.flagged", "35")
                .containsEntry("data.rows", String.valueOf(ROWS - 35))
                .containsEntry("data.rowsScored", String.valueOf(ROWS));
        assertThat(first.provenance())
                .containsEntry("data.rows", String.valueOf(ROWS))
                .containsEntry("data.rowsScored", "0")
                .doesNotContainKey("data.leftOut.flagged");
    }

    private static ProducerRecord<byte[], byte[]> score(
            DetectorConfig config, ModelRelease model, int row, boolean isAnomalous) {
        String entity = "host-" + row % ENTITIES;
        Score score = new Score(
                config.detector(),
                entity,
                time(row),
                time(row) + 1,
                0,
                row,
                isAnomalous ? Verdict.ANOMALOUS : Verdict.NORMAL,
                null,
                isAnomalous ? 20 : 1,
                isAnomalous ? 1e-12 : 0.5,
                5,
                List.of(),
                List.of(),
                model.version());
        return new ProducerRecord<>(
                config.topics().scores(),
                null,
                time(row),
                entity.getBytes(StandardCharsets.UTF_8),
                new ScoreCodec().encode(score));
    }

    @Test
    void aModelAfterTheLossOfTheModelsTopicReplacesNoEarlierOne() throws Exception {
        DetectorConfig config = withoutTrial("lost");
        history(config, 500).send();
        ModelRelease before = run(config, HistoryRange.all());
        String topic = config.topics().models();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) broker.bootstrapServers()))) {
            admin.deleteTopics(List.of(topic)).all().get();
            Patience.await(
                    "the topic is gone", () -> !admin.listTopics().names().get().contains(topic), () -> "it is there");
        }
        TopicSetup.create(config, 1, (short) 1);
        ModelRelease after = run(config, HistoryRange.all());
        assertThat(after.version()).isEqualTo(before.version() + 1);
        assertThat(after.effectiveFrom()).as("as the first model, at once").isEqualTo(before.effectiveFrom());
    }

    @Test
    void aVersionThatLeavesNoneForTheNextModelIsSaid() throws Exception {
        DetectorConfig config = withoutTrial("largest");
        history(config, 500).send();
        announce(config, run(config, HistoryRange.all()), ReleaseTopic.LARGEST_VERSION);
        assertThatThrownBy(() -> run(config, HistoryRange.all()))
                .isInstanceOf(RetrainingException.class)
                .hasMessageContaining("the topic largest.models has a model of version 9007199254740992");
    }

    private static void announce(DetectorConfig config, ModelRelease like, long version) throws Exception {
        ModelRelease release = new ModelRelease(
                like.detector(),
                version,
                like.artifact(),
                like.featureSchemaFingerprint(),
                like.effectiveFrom(),
                like.stage(),
                like.announcedAt(),
                like.calibration(),
                like.provenance());
        byte[] key = (config.detector() + "/" + version).getBytes(StandardCharsets.UTF_8);
        TestingKafka.send(
                broker.bootstrapServers(),
                List.of(new ProducerRecord<>(config.topics().models(), key, new ModelReleaseCodec().encode(release))));
    }

    @Test
    void aWorseModelIsRefusedAndKeptAndTheNextGoodOneIsPromoted() throws Exception {
        DetectorConfig config = config("refused");
        history(config, ROWS).send();
        ModelRelease first = run(config, HistoryRange.all());
        ModelRelease worse = run(config.with(ModelSection.CODE_SIZE, 1), HistoryRange.all());
        ModelRelease next = run(config.with(RetrainingSection.SEED, 2L), HistoryRange.all());

        assertThat(List.of(first.stage(), worse.stage(), next.stage()))
                .containsExactly(ReleaseStage.CHAMPION, ReleaseStage.REFUSED, ReleaseStage.CHAMPION);
        assertThat(ModelStore.fetch(worse.artifact())).isNotEmpty();
        List<PromotionDecision> decisions = new ReleaseTopic(config).content().decisions();
        assertThat(decisions)
                .hasExactlyElementsOfTypes(
                        PromotionDecision.Promoted.class,
                        PromotionDecision.Refused.class,
                        PromotionDecision.Promoted.class);
        DecisionFacts refusal = decisions.get(1).facts();
        assertThat(refusal.model()).isEqualTo(worse.identity());
        assertThat(refusal.champion()).isEqualTo(first.identity());
        assertThat(refusal.reason()).contains("error: the squared error on rows without an alarm is ");
        assertThat(refusal.figures())
                .filteredOn(figure -> !figure.isPassed())
                .extracting(GateFigure::name)
                .contains("error");
        // A refused model is never the one to compare with.
        assertThat(decisions.get(2).facts().champion()).isEqualTo(first.identity());
        assertThat(decisions.get(0).facts().champion()).isNull();
        assertThat(decisions.get(0).facts().reason()).contains("no model is in force");
    }

    @Test
    void onlyTheRangeIsTrainedOn() throws Exception {
        DetectorConfig config = withoutTrial("range");
        TestingStream stream = new TestingStream(broker, config);
        TwoCauses process = new TwoCauses();
        for (int i = 0; i < 2 * ROWS; i++) {
            float[] values = process.next();
            // Everything outside of the range is of another world.
            if (i < ROWS / 2 || i >= ROWS / 2 + ROWS) {
                values[0] += 1e6f;
            }
            stream.add("host-" + i % ENTITIES, time(i), values);
        }
        stream.send();
        ModelRelease release = run(config, new HistoryRange(time(ROWS / 2), time(ROWS / 2 + ROWS)));
        Map<String, String> provenance = release.provenance();
        assertThat(provenance)
                .containsEntry("data.rowsSeen", String.valueOf(ROWS))
                .containsEntry("data.rows", String.valueOf(ROWS))
                .containsEntry("data.from", Instant.ofEpochMilli(time(ROWS / 2)).toString())
                .containsEntry(
                        "data.to",
                        Instant.ofEpochMilli(time(ROWS / 2 + ROWS - 1) + 1).toString())
                .containsEntry(
                        "data.range",
                        "[" + Instant.ofEpochMilli(time(ROWS / 2)) + ", " + Instant.ofEpochMilli(time(ROWS / 2 + ROWS))
                                + ")");
        assertThat(model(release).scaling().center()[0]).isCloseTo(0, within(10f));
        assertThat(release.effectiveFrom()).isEqualTo(time(2 * ROWS - 1) + 1);
    }

    @Test
    void ofALongHistoryABoundedSampleIsTrainedOn() throws Exception {
        DetectorConfig config = withoutTrial("sample").with(RetrainingSection.MAX_ROWS, 1_100);
        history(config, 4 * ROWS).send();
        ModelRelease release = run(config, HistoryRange.all());
        assertThat(release.provenance()).containsEntry("data.rowsSeen", String.valueOf(4 * ROWS));
        assertThat(Integer.parseInt(release.provenance().get("data.rows"))).isBetween(1_100 - 256, 1_100);
    }

    @Test
    void tooShortAHistoryGivesNoRelease() throws Exception {
        DetectorConfig config = config("short");
        assertThatThrownBy(() -> run(config, HistoryRange.all()))
                .isInstanceOf(NoObservationsException.class)
                .hasMessage("topic short.observations holds no observation yet");
        history(config, 499).send();
        assertThatThrownBy(() -> run(config, HistoryRange.all()))
                .isInstanceOf(HistoryTooShortException.class)
                .hasMessage("the history has 499 rows; a model needs at least 500");
        assertThatThrownBy(() -> run(config, new HistoryRange(time(1_000), Long.MAX_VALUE)))
                .isInstanceOf(NoObservationsException.class)
                .hasMessage("the newest observation has event time " + Instant.ofEpochMilli(time(498))
                        + ", but the range begins at " + Instant.ofEpochMilli(time(1_000)));
        assertThat(new ReleaseTopic(config).read()).isEmpty();
        assertThat(directory.resolve("models").resolve("short")).doesNotExist();
    }

    @Test
    void aFeatureThatNobodyReportsIsRefusedByNameWithTheNearestNameThatThereIs() throws Exception {
        DetectorConfig config = config("misspelt");
        ObservationCodec codec = new ObservationCodec();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            Map<String, Float> values = Map.of("f0", 1f * i, "f1", 2f * i, "f2", 3f, "f3", 4f, "f4_total", 5f);
            Observation row = new Observation("host", time(i), new Features.Named(values));
            records.add(new ProducerRecord<>(config.topics().observations(), codec.encode(row)));
        }
        TestingKafka.send(broker.bootstrapServers(), records);
        assertThatThrownBy(() -> run(config, HistoryRange.all()))
                .isInstanceOf(UnreportedFeaturesException.class)
                .hasMessage("no model is trained: the feature `f4` has no value in any record; the records also have"
                        + " f4_total. Correct the name in the detector file, or remove the feature");
        assertThat(new ReleaseTopic(config).read()).isEmpty();
    }

    @Test
    void aTopicOfRecordsThatAreAllRejectedIsRefusedWithTheirReason() throws Exception {
        DetectorConfig config = config("foreign");
        byte[] json = "{\"cpu\": 1}".getBytes(StandardCharsets.UTF_8);
        TestingKafka.send(
                broker.bootstrapServers(),
                List.of(new ProducerRecord<>(config.topics().observations(), json)));
        assertThatThrownBy(() -> run(config, HistoryRange.all()))
                .isInstanceOf(NoObservationsException.class)
                .hasMessageStartingWith("topic foreign.observations holds no observation: of the newest 1 records, 1"
                        + " are rejected; 1 with NOT_AVRO, the first because ");
    }

    @Test
    void garbageAtTheEndOfTheTopicMovesNoTime() throws Exception {
        DetectorConfig config = withoutTrial("future");
        TestingStream stream = history(config, ROWS);
        SplittableRandom random = new SplittableRandom(SEED);
        for (Garbage garbage : Garbage.values()) {
            stream.add(garbage, "host-1", time(ROWS), new float[FEATURES], random);
        }
        stream.send();
        // An end that lies ahead must not postpone the model either.
        ModelRelease release = run(config, new HistoryRange(Long.MIN_VALUE, time(1000 * ROWS)));
        assertThat(release.provenance()).containsEntry("data.rowsSeen", String.valueOf(ROWS));
        assertThat(release.effectiveFrom()).isEqualTo(time(ROWS - 1) + 1);
    }

    /** One of four clocks is ahead by almost the limit; it must not keep the model from the others. */
    @Test
    void aFastClockMovesNeitherTheRangeNorTheModel() throws Exception {
        DetectorConfig config = withoutTrial("fast").with(RetrainingSection.HISTORY, Duration.ofSeconds(ROWS));
        TestingStream stream = new TestingStream(broker, config);
        TwoCauses process = new TwoCauses();
        for (int i = 0; i < 4 * ROWS; i++) {
            long ahead = i % ENTITIES == 0 ? Duration.ofHours(23).toMillis() : 0;
            stream.add("host-" + i % ENTITIES, time(i) + ahead, process.next());
        }
        stream.send();
        ModelRelease release = run(config, HistoryRange.all());
        assertThat(release.effectiveFrom()).isEqualTo(time(4 * ROWS - 1) + 1);
        assertThat(Integer.parseInt(release.provenance().get("data.rowsSeen"))).isBetween(ROWS / 2, ROWS);
    }

    @Test
    void theNewestEventTimeMayLieBeforeTheLastRecordsOfItsPartition() throws Exception {
        DetectorConfig config = withoutTrial("backlog");
        TestingStream stream = history(config, ROWS);
        // An agent that sends what it kept, at the end of its partition.
        for (int i = 0; i < 200; i++) {
            for (int host = 0; host < ENTITIES; host++) {
                stream.add("host-" + host, time(i) - 10_000_000 + host, new float[] {1, 2, 3, 4, i % 7});
            }
        }
        stream.send();
        ModelRelease release = run(config, HistoryRange.all());
        assertThat(release.effectiveFrom()).isEqualTo(time(ROWS - 1) + 1);
    }

    @Test
    void secondsAreNotTrainedOn() throws Exception {
        DetectorConfig config = config("seconds");
        TestingStream stream = new TestingStream(broker, config);
        TwoCauses process = new TwoCauses();
        for (int i = 0; i < ROWS; i++) {
            stream.add("host-" + i % ENTITIES, i % 10 == 0 ? time(i) : time(i) / 1_000, process.next());
        }
        stream.send();
        assertThatThrownBy(() -> run(config, HistoryRange.all()))
                .isInstanceOf(NoObservationsException.class)
                .hasMessageStartingWith("topic seconds.observations is not trained on: 1440 of its newest records have"
                        + " impossible event times, and only 160 possible ones; the first: the event time 1700000")
                .hasMessageEndingWith("Noether reads milliseconds: multiply by 1,000");
        assertThat(new ReleaseTopic(config).read()).isEmpty();
    }

    @Test
    void theReleaseScoresWhatComesNextAndFindsWhatIsStrange() throws Exception {
        DetectorConfig config = config("whole").with(CheckpointSection.INTERVAL, Duration.ofMillis(200));
        TestingStream stream = history(config, 2 * ROWS);
        TwoCauses process = new TwoCauses();
        process.skip(2 * ROWS);
        for (int i = 2 * ROWS; i < 3 * ROWS; i++) {
            float[] values = process.next();
            if (isStrange(i)) {
                values[i % FEATURES] += 20;
            }
            stream.add("host-" + i % ENTITIES, time(i), values);
        }
        stream.send(0, 2 * ROWS);
        run(config, HistoryRange.all());
        stream.send(2 * ROWS, 3 * ROWS);
        TestingScoring job = TestingScoring.start(broker, InMemoryReporter.create(), config, null);
        job.awaitScores(3 * ROWS);
        job.stopWithSavepoint(directory);

        int alarms = 0;
        for (Score score : TestingScoring.scores(broker, config).values()) {
            int i = (int) ((score.eventTime() - START) / 1000);
            if (i < 2 * ROWS) {
                assertThat(score.unscoredReason()).isEqualTo(UnscoredReason.COLD_START);
            } else {
                assertThat(score.modelVersion()).isEqualTo(1);
                if (isStrange(i)) {
                    assertThat(score.verdict()).as("strange row " + i).isEqualTo(Verdict.ANOMALOUS);
                    assertThat(score.contributions().get(0).feature()).isEqualTo("f" + i % FEATURES);
                } else if (score.verdict() == Verdict.ANOMALOUS) {
                    alarms++;
                }
            }
        }
        // The threshold is at 0.99; the windows behind a strange row have it as context.
        assertThat(alarms).as("alarms on rows that are not strange").isLessThan(ROWS / 10);
    }

    private static boolean isStrange(int i) {
        return i % 101 == 50;
    }

    private static void assertDescribesItsArtifact(DetectorConfig config, ModelRelease release) throws Exception {
        byte[] bytes = ModelStore.fetch(release.artifact());
        ModelArtifact model = ArtifactCodec.verified(bytes, release.artifact().sha256());
        assertThat(Path.of(java.net.URI.create(release.artifact().uri())))
                .hasParentRaw(directory.resolve("models").resolve(config.detector()));
        assertThat(Files.list(directory.resolve("models").resolve(config.detector())))
                .allSatisfy(file -> assertThat(file.toString()).matches(".*\\.avro(\\.md)?"));
        assertThat(release.detector()).isEqualTo(config.detector());
        assertThat(release.artifact().bytes()).isEqualTo(bytes.length);
        assertThat(release.featureSchemaFingerprint())
                .isEqualTo(config.features().fingerprint());
        assertThat(release.stage()).isEqualTo(ReleaseStage.CHAMPION);
        double rate = PromisedRate.of(config.alarms().budget(), model).perWindow();
        assertThat(release.calibration().quantile()).isEqualTo(1 - rate);
        assertThat(release.calibration().threshold())
                .isEqualTo(model.calibration().threshold(rate));
        assertThat(release.calibration().size()).isEqualTo(model.calibration().size());
        assertThat(model.features()).isEqualTo(config.features());
        assertThat(model.windowRows()).isEqualTo(WINDOW);
        assertThat(model.entityBaselines()).containsOnlyKeys("host-0", "host-1", "host-2", "host-3");
        assertThat(release.provenance()).isEqualTo(model.provenance());
        assertThat(model.provenance())
                .containsEntry("detector", config.detector())
                .containsEntry("data.topic", config.topics().observations())
                .containsEntry("data.rowsSeen", String.valueOf(ROWS))
                .containsEntry("data.rows", String.valueOf(ROWS))
                .containsEntry("data.entities", String.valueOf(ENTITIES))
                .containsEntry("data.from", Instant.ofEpochMilli(time(0)).toString())
                .containsEntry(
                        "data.to", Instant.ofEpochMilli(time(ROWS - 1) + 1).toString())
                .containsEntry("config", config.toYaml())
                .containsEntry("seed", "1")
                .containsEntry("engine", "openblas")
                .containsKeys(
                        "data.range",
                        "training.windows",
                        "training.validationWindows",
                        "training.options",
                        "training.epochs",
                        "training.bestEpoch",
                        "training.bestValidationError",
                        "java",
                        "machine");
    }

    /** The configuration is part of the provenance, and the parallelism part of the configuration. */
    private static void assertEqualButForParallelism(ModelArtifact one, ModelArtifact two) {
        Map<String, String> expected = new TreeMap<>(one.provenance());
        expected.computeIfPresent("config", (key, yaml) -> yaml.replace("parallelism: 1", "parallelism: 2"));
        assertThat(two.provenance()).isEqualTo(expected).isNotEqualTo(one.provenance());
        assertThat(two.network()).isEqualTo(one.network());
        assertThat(two.scaling()).isEqualTo(one.scaling());
        assertThat(two.commonBaseline()).isEqualTo(one.commonBaseline());
        assertThat(two.entityBaselines()).isEqualTo(one.entityBaselines());
        assertThat(two.calibration()).isEqualTo(one.calibration());
    }

    private static ModelArtifact model(ModelRelease release) throws Exception {
        return ArtifactCodec.verified(
                ModelStore.fetch(release.artifact()), release.artifact().sha256());
    }

    private static ModelRelease run(DetectorConfig config, HistoryRange range) throws Exception {
        ModelTrainer trainer = (asked, known) -> RetrainingJob.train(
                StreamExecutionEnvironment.getExecutionEnvironment(JobSettings.bounded()), config, asked, known);
        return new TrainingOnDemand(config, trainer, message -> {}).run(range).release();
    }

    private static TestingStream history(DetectorConfig config, int rows) {
        TestingStream stream = new TestingStream(broker, config);
        TwoCauses process = new TwoCauses();
        for (int i = 0; i < rows; i++) {
            stream.add("host-" + i % ENTITIES, time(i), process.next());
        }
        return stream;
    }

    /** No rows are held out, so that one model is trained and not two. */
    private static DetectorConfig withoutTrial(String detector) {
        return config(detector).with(RetrainingSection.GATE_FRACTION, 0.0);
    }

    private static DetectorConfig config(String detector) {
        DetectorConfig config = DetectorConfig.withDefaults(detector, TestingModels.features(FEATURES))
                .withBootstrap(broker.bootstrapServers())
                .withModelStore(directory.resolve("models").toUri())
                .withCheckpointDirectory(directory.resolve("checkpoints").toUri())
                .with(WindowSection.ROWS, WINDOW)
                .with(ModelSection.CODE_SIZE, 3)
                .with(ModelSection.HIDDEN_WIDTHS, List.of(16))
                .with(ModelSection.ENGINE, EngineChoice.OPENBLAS)
                .with(RetrainingSection.MIN_ROWS, 500)
                .with(RetrainingSection.EPOCHS, 10)
                .with(RetrainingSection.ACTIVATION_DELAY, DELAY)
                .with(AlarmSection.BUDGET, AlarmBudget.parse("1 per entity per PT100S"));
        TopicSetup.create(config, 3, (short) 1);
        return config;
    }

    private static long time(int i) {
        return START + i * 1000L;
    }

    /** Five readings of two hidden causes, with a little noise. */
    private static final class TwoCauses {
        private final RandomGenerator random = new SplittableRandom(SEED);
        private final float[][] loadings = new float[FEATURES][2];
        private int row;

        TwoCauses() {
            for (float[] loading : loadings) {
                loading[0] = (float) random.nextGaussian();
                loading[1] = (float) random.nextGaussian();
            }
        }

        float[] next() {
            double slow = Math.sin(row / 400.0);
            double quick = random.nextGaussian();
            row++;
            float[] values = new float[FEATURES];
            for (int j = 0; j < FEATURES; j++) {
                values[j] = (float) (loadings[j][0] * slow + loadings[j][1] * quick + 0.05 * random.nextGaussian());
            }
            return values;
        }

        void skip(int rows) {
            for (int i = 0; i < rows; i++) {
                next();
            }
        }
    }
}
