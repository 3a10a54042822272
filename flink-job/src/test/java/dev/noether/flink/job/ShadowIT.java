package dev.noether.flink.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.AlarmSection;
import dev.noether.flink.config.CheckpointSection;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.DriftPolicy;
import dev.noether.flink.config.GeneralSection;
import dev.noether.flink.config.ModelSection;
import dev.noether.flink.config.RetrainingSection;
import dev.noether.flink.config.TopicSection;
import dev.noether.flink.config.WindowSection;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.release.Announcer;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.flink.renewal.LeaderDuties;
import dev.noether.flink.renewal.Retrainer;
import dev.noether.flink.renewal.RetrainerListener;
import dev.noether.flink.renewal.RetrainerSettings;
import dev.noether.flink.retrain.RetrainingException;
import dev.noether.flink.scoring.TestingModels;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.alarm.TailCalibration;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.scoring.WindowScorer;
import dev.noether.schemas.DecisionFacts;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentCodec;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.ReleaseCalibration;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.Score;
import dev.noether.schemas.ShadowComparison;
import dev.noether.schemas.ShadowOutcome;
import dev.noether.testing.Patience;
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
 * Two challengers in shadow on a running job, one after the other: a good one is promoted, although the job and the
 * leading retrainer change in the middle; one with very many alarms is refused. The scores and incidents of the models
 * in force are those of a job that never had a shadow.
 */
@Tag("long")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ShadowIT extends RandomizedTest {
    private static final InMemoryReporter REPORTER = InMemoryReporter.create();

    @RegisterExtension
    private static final MiniClusterExtension FLINK =
            new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                    .setNumberTaskManagers(2)
                    .setNumberSlotsPerTaskManager(2)
                    .setConfiguration(REPORTER.addToConfiguration(new org.apache.flink.configuration.Configuration()))
                    .build());

    private static final int PARTITIONS = 2;
    private static final int FEATURES = 5;
    private static final int WINDOW = 4;
    private static final int ENTITIES = 20;
    private static final int ROWS = 10_000;
    private static final double PROMISED = 1e-3;
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
    void aGoodChallengerIsPromotedAndABadOneRefused(RandomGenerator random) throws Exception {
        DetectorConfig config = config("scores", "incidents", 2);
        ModelArtifact model = TestingModels.model(FEATURES, WINDOW, random.nextLong());
        float[] normal = alarmScores(model, random);
        announce(config, release(config, 1, calibrated(model, normal, 1)));
        TestingStream stream = stream(config, random);
        TestingScoring job = TestingScoring.start(broker, REPORTER, config, null);
        job.awaitModel(1);
        stream.send(0, 1_000);
        job.awaitScores(1_000);

        shadowed(config, release(config, 2, calibrated(model, normal, 1.02f)));
        try (Retrainer first = retrainer(config)) {
            job.awaitGauge("shadowVersion", 2 * config.parallelism());
            stream.send(1_000, 2_500);
            job.awaitScores(2_500);
            assertThat(first).isNotNull();
        }
        job = TestingScoring.start(broker, REPORTER, config, job.cancel());
        job.awaitGauge("shadowVersion", 2 * config.parallelism());
        try (Retrainer second = retrainer(config)) {
            assertThat(second).isNotNull();
            stream.send(2_500, 5_000);
            ModelRelease promoted = awaitStage(config, 2, ReleaseStage.CHAMPION);
            assertThat(promoted.effectiveFrom()).isBetween(time(4_900), time(5_100));

            shadowed(config, release(config, 3, calibrated(model, normal, 0.3f)));
            job.awaitGauge("shadowVersion", 3 * config.parallelism());
            stream.send(5_000, ROWS);
            awaitStage(config, 3, ReleaseStage.REFUSED);
        }
        job.awaitScores(ROWS);
        job.stopWithSavepoint(directory);

        requireStory(new ReleaseTopic(config).content());
        Map<Place, Score> scores = TestingScoring.scores(broker, config);
        assertThat(scores.values()).filteredOn(score -> score.shadow() != null).hasSizeBetween(5_000, 6_100);
        DetectorConfig without = config("scores-without", "incidents-without", 1);
        TestingScoring plain = TestingScoring.start(broker, REPORTER, without, null);
        plain.awaitScores(ROWS);
        plain.stopWithSavepoint(directory);
        requireSame(scores, TestingScoring.scores(broker, without));
        assertThat(incidents(config)).isEqualTo(incidents(without));
    }

    private static void requireStory(ModelsTopicContent content) {
        assertThat(content.shadows())
                .extracting(ShadowComparison::outcome)
                .containsExactly(ShadowOutcome.PASSED, ShadowOutcome.FAILED);
        ShadowComparison good = content.shadows().get(0);
        // Each row of the range once, although the job was killed and another retrainer made the comparison again.
        assertThat(good.rows().compared()).isBetween(2_900L, 3_000L);
        assertThat(good.rows().unjudged()).isLessThan(50);
        // One network, but the challenger begins with the baselines of its artifact, and adapts to each entity.
        assertThat(good.figures().rankCorrelation()).isGreaterThan(0.7);
        assertThat(good.figures().cost()).isBetween(0.2, 5.0);
        ShadowComparison bad = content.shadows().get(1);
        assertThat(bad.champion().version()).isEqualTo(2);
        assertThat(bad.alarms().challenger())
                .isGreaterThan(20L * Math.max(1, bad.alarms().champion()));
        PromotionDecision last = content.decisions().get(content.decisions().size() - 1);
        assertThat(last).isInstanceOf(PromotionDecision.Refused.class);
        assertThat(last.facts().reason()).startsWith("alarmRate: alarms ");
    }

    private static void requireSame(Map<Place, Score> scores, Map<Place, Score> expected) {
        assertThat(scores).containsOnlyKeys(expected.keySet());
        expected.forEach((place, score) -> {
            Score again = scores.get(place);
            assertThat(score.shadow()).isNull();
            assertThat(again.modelVersion()).as("%s", place).isEqualTo(score.modelVersion());
            assertThat(again.verdict()).as("%s", place).isEqualTo(score.verdict());
            if (score.unscoredReason() == null) {
                assertThat(again.score()).as("%s", place).isCloseTo(score.score(), within(EQUAL));
                assertThat(again.threshold()).as("%s", place).isCloseTo(score.threshold(), within(EQUAL));
            }
        });
    }

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

    private static ModelRelease awaitStage(DetectorConfig config, long version, ReleaseStage stage) throws Exception {
        ReleaseTopic topic = new ReleaseTopic(config);
        Patience.await(
                "model " + version + " as " + stage,
                () -> find(topic, version).stage() == stage,
                () -> find(topic, version) + "; " + topic.content().shadows());
        return find(topic, version);
    }

    private static ModelRelease find(ReleaseTopic topic, long version) {
        return topic.read().stream()
                .filter(release -> release.version() == version)
                .findFirst()
                .orElseThrow();
    }

    private static Retrainer retrainer(DetectorConfig config) {
        return Retrainer.start(
                List.of(config),
                new RetrainerSettings(
                                any -> (range, known) -> {
                                    throw new RetrainingException("no training is due");
                                },
                                RetrainerListener.NONE)
                        .withDuties(LeaderDuties::of)
                        .withFirstAfter(Duration.ofDays(1)));
    }

    private static void announce(DetectorConfig config, ModelRelease release) throws Exception {
        try (Announcer announcer = Announcer.open(config)) {
            announcer.announce(List.of(release));
        }
    }

    /** As the gate would. */
    private static void shadowed(DetectorConfig config, ModelRelease release) throws Exception {
        try (Announcer announcer = Announcer.open(config)) {
            announcer.announce(List.of(
                    release.inStage(ReleaseStage.CHALLENGER, 0, ModelRelease.NO_END, 1),
                    new PromotionDecision.Shadowed(new DecisionFacts(
                            config.detector(), release.identity(), null, "All is well.", "gate", 1, List.of()))));
        }
    }

    private static ModelRelease release(DetectorConfig config, long version, ModelArtifact model) {
        ModelRelease stored =
                new TestingModels(directory.resolve("models"), config.detector()).release(version, 0, model);
        return new ModelRelease(
                stored.detector(),
                version,
                stored.artifact(),
                stored.featureSchemaFingerprint(),
                0,
                stored.stage(),
                stored.announcedAt(),
                new ReleaseCalibration(1 - PROMISED, 5, 10_000),
                stored.provenance());
    }

    /** A model whose threshold is so many times that of the budget. */
    private static ModelArtifact calibrated(ModelArtifact model, float[] normal, float factor) {
        float[] scores = normal.clone();
        for (int i = 0; i < scores.length; i++) {
            scores[i] *= factor;
        }
        return model.with(ScoreRule.DEFAULT, TailCalibration.of(List.of(scores)));
    }

    private static float[] alarmScores(ModelArtifact model, RandomGenerator random) {
        float[] scores = new float[20_000];
        WindowBuffer window = new WindowBuffer(model.contextRows(), 0, FEATURES);
        EntityBaseline start = model.startingBaseline("nobody");
        EntityBaseline baseline = start.copy();
        try (Engine engine = new OpenBlasEngine();
                WindowScorer scorer = new WindowScorer(model, engine, 1)) {
            for (int i = -WINDOW; i < scores.length; i++) {
                int position = window.addStored(i * 1_000L, row(random), 0);
                if (window.windowEndsAt(position)) {
                    float alarm = (float) scorer.judge(scorer.add(window, position), baseline, start)
                            .alarmScore();
                    scorer.clear();
                    if (i >= 0) {
                        scores[i] = alarm;
                    }
                }
            }
        }
        return scores;
    }

    private static float[] row(RandomGenerator random) {
        float[] values = new float[FEATURES];
        for (int j = 0; j < FEATURES; j++) {
            values[j] = (float) random.nextGaussian();
        }
        return values;
    }

    private static TestingStream stream(DetectorConfig config, RandomGenerator random) {
        TestingStream stream = new TestingStream(broker, config);
        for (int i = 0; i < ROWS; i++) {
            stream.add("host-" + i % ENTITIES, time(i), row(random));
        }
        return stream;
    }

    private static DetectorConfig config(String scores, String incidents, int parallelism) {
        DetectorConfig config = DetectorConfig.withDefaults("shadow", TestingModels.features(FEATURES))
                .withBootstrap(broker.bootstrapServers())
                .withCheckpointDirectory(
                        directory.resolve("checkpoints-" + parallelism).toUri())
                .withModelStore(directory.resolve("models").toUri())
                .with(TopicSection.SCORES, scores)
                .with(TopicSection.INCIDENTS, incidents)
                .with(TopicSection.REJECTED, scores + "-rejected")
                .with(GeneralSection.PARALLELISM, parallelism)
                .with(WindowSection.ROWS, WINDOW)
                .with(ModelSection.FORECAST_ROWS, WINDOW - 1)
                .with(AlarmSection.BUDGET, AlarmBudget.parse("1 per entity per PT1000S"))
                .with(RetrainingSection.SHADOW, Duration.ofSeconds(3_000))
                .with(RetrainingSection.ACTIVATION_DELAY, Duration.ofSeconds(10))
                .with(RetrainingSection.DRIFT, DriftPolicy.OFF)
                .with(CheckpointSection.INTERVAL, Duration.ofMillis(200));
        TopicSetup.create(config, PARTITIONS, (short) 1);
        return config;
    }

    private static long time(int i) {
        return START + i * 1_000L;
    }
}
