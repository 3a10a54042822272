package dev.noether.flink.job;

import static dev.noether.flink.job.RetrainingFixture.DELAY;
import static dev.noether.flink.job.RetrainingFixture.ENTITIES;
import static dev.noether.flink.job.RetrainingFixture.FEATURES;
import static dev.noether.flink.job.RetrainingFixture.ROWS;
import static dev.noether.flink.job.RetrainingFixture.START;
import static dev.noether.flink.job.RetrainingFixture.WINDOW;
import static dev.noether.flink.job.RetrainingFixture.model;
import static dev.noether.flink.job.RetrainingFixture.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.flink.config.CheckpointSection;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.GeneralSection;
import dev.noether.flink.config.ModelSection;
import dev.noether.flink.config.RetrainingSection;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.release.ModelStore;
import dev.noether.flink.release.PromisedRate;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.retrain.RetrainingException;
import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.schemas.DecisionFacts;
import dev.noether.schemas.GateFigure;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelReleaseCodec;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.Score;
import dev.noether.schemas.UnscoredReason;
import dev.noether.schemas.Verdict;
import dev.noether.testing.Patience;
import dev.noether.testing.TestingKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The bounded job, from a real broker to a release in its models topic and an artifact in its store. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RetrainingJobIT {
    @RegisterExtension
    private static final MiniClusterExtension FLINK = RetrainingFixture.cluster();

    @RegisterExtension
    private static final RetrainingFixture RETRAINING = new RetrainingFixture();

    @Test
    void eachRunAnnouncesTheNextVersionAndTheSameDataGivesTheSameBytes() throws Exception {
        DetectorConfig config = RETRAINING.config("versions");
        RETRAINING.history(config, ROWS).send();
        ModelRelease first = RETRAINING.run(config, HistoryRange.all());
        ModelRelease second = RETRAINING.run(config, HistoryRange.all());
        for (long impossible : new long[] {Long.MAX_VALUE, ReleaseTopic.LARGEST_VERSION + 1, 0, -3}) {
            announce(config, second, impossible);
        }
        ModelRelease spread = RETRAINING.run(config.with(GeneralSection.PARALLELISM, 2), HistoryRange.all());

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

    @Test
    void aModelAfterTheLossOfTheModelsTopicReplacesNoEarlierOne() throws Exception {
        DetectorConfig config = RETRAINING.withoutTrial("lost");
        RETRAINING.history(config, 500).send();
        ModelRelease before = RETRAINING.run(config, HistoryRange.all());
        String topic = config.topics().models();
        try (Admin admin = Admin.create(
                Map.of("bootstrap.servers", (Object) RETRAINING.broker().bootstrapServers()))) {
            admin.deleteTopics(List.of(topic)).all().get();
            Patience.await(
                    "the topic is gone", () -> !admin.listTopics().names().get().contains(topic), () -> "it is there");
        }
        TopicSetup.create(config, 1, (short) 1);
        ModelRelease after = RETRAINING.run(config, HistoryRange.all());
        assertThat(after.version()).isEqualTo(before.version() + 1);
        assertThat(after.effectiveFrom()).as("as the first model, at once").isEqualTo(before.effectiveFrom());
    }

    @Test
    void aVersionThatLeavesNoneForTheNextModelIsSaid() throws Exception {
        DetectorConfig config = RETRAINING.withoutTrial("largest");
        RETRAINING.history(config, 500).send();
        announce(config, RETRAINING.run(config, HistoryRange.all()), ReleaseTopic.LARGEST_VERSION);
        assertThatThrownBy(() -> RETRAINING.run(config, HistoryRange.all()))
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
                RETRAINING.broker().bootstrapServers(),
                List.of(new ProducerRecord<>(config.topics().models(), key, new ModelReleaseCodec().encode(release))));
    }

    @Test
    void aWorseModelIsRefusedAndKeptAndTheNextGoodOneIsPromoted() throws Exception {
        DetectorConfig config = RETRAINING.config("refused");
        RETRAINING.history(config, ROWS).send();
        ModelRelease first = RETRAINING.run(config, HistoryRange.all());
        ModelRelease worse = RETRAINING.run(config.with(ModelSection.CODE_SIZE, 1), HistoryRange.all());
        ModelRelease next = RETRAINING.run(config.with(RetrainingSection.SEED, 2L), HistoryRange.all());

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
    void theReleaseScoresWhatComesNextAndFindsWhatIsStrange() throws Exception {
        DetectorConfig config = RETRAINING.config("whole").with(CheckpointSection.INTERVAL, Duration.ofMillis(200));
        TestingStream stream = RETRAINING.history(config, 2 * ROWS);
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
        RETRAINING.run(config, HistoryRange.all());
        stream.send(2 * ROWS, 3 * ROWS);
        TestingScoring job = TestingScoring.start(RETRAINING.broker(), InMemoryReporter.create(), config, null);
        job.awaitScores(3 * ROWS);
        job.stopWithSavepoint(RETRAINING.folder());

        int alarms = 0;
        for (Score score : TestingScoring.scores(RETRAINING.broker(), config).values()) {
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
                .hasParentRaw(RETRAINING.folder().resolve("models").resolve(config.detector()));
        assertThat(Files.list(RETRAINING.folder().resolve("models").resolve(config.detector())))
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
}
