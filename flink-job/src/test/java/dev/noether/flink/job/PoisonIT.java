package dev.noether.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.AlarmSection;
import dev.noether.flink.config.CheckpointSection;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.ModelSection;
import dev.noether.flink.config.RetrainingSection;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.release.ModelStore;
import dev.noether.flink.renewal.ModelTrainer;
import dev.noether.flink.renewal.TrainingOnDemand;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.scoring.TestingModels;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineChoice;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.numeric.RankingMetrics;
import dev.noether.model.scoring.WindowScorer;
import dev.noether.schemas.ModelRelease;
import dev.noether.testing.PoisonedFleet;
import dev.noether.testing.PoisonedFleet.Incidents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scenario "poison": an incident that nobody marks is 5 % of the next history. A model in force flags it. How well
 * are incidents of its kind detected after retraining?
 */
@Tag("long")
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class PoisonIT {
    private static final InMemoryReporter REPORTER = InMemoryReporter.create();

    @RegisterExtension
    private static final MiniClusterExtension FLINK =
            new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                    .setNumberTaskManagers(1)
                    .setNumberSlotsPerTaskManager(4)
                    .setConfiguration(REPORTER.addToConfiguration(new Configuration()))
                    .build());

    private static final long START = 1_700_000_000_000L;
    private static final long MINUTE = 60_000;
    private static final int ENTITIES = 20;
    private static final int PART = 2_000;
    private static final int TEST = 1_000;

    private final PoisonedFleet fleet = new PoisonedFleet(2 * PART + TEST, Long.getLong("noether.seed", 7));
    private final Incidents poison = PoisonedFleet.twentieth(PART, PART);

    @TempDir
    private Path directory;

    @Test
    void anIncidentThatTheModelInForceFlaggedDoesNotTeachItselfIntoTheNext() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0)) {
            DetectorConfig poisoned = config(broker, "poisoned");
            stream(broker, poisoned, 0, PART, poison).send();
            train(poisoned, 0, PART);
            TestingScoring job = TestingScoring.start(broker, REPORTER, poisoned, null);
            job.awaitModel(1);
            stream(broker, poisoned, PART, 2 * PART, poison).send();
            job.awaitScores(2 * ENTITIES * PART);
            job.stopWithSavepoint(directory);
            ModelRelease filtered = train(poisoned, PART, 2 * PART);
            ModelRelease plain = train(poisoned.with(RetrainingSection.MAX_LEFT_OUT, 0.0), PART, 2 * PART);

            DetectorConfig clean = config(broker, "clean");
            stream(broker, clean, PART, 2 * PART, Incidents.NONE).send();
            ModelRelease unpoisoned = train(clean, PART, 2 * PART);

            double best = area(unpoisoned);
            double with = area(filtered);
            double without = area(plain);
            System.out.printf(
                    "AUC-PR of the incident's kind: clean %.3f, filtered %.3f, plain %.3f; of %d rows %s flagged, %s more extreme%n",
                    best,
                    with,
                    without,
                    ENTITIES * PART,
                    filtered.provenance().get("data.leftOut.flagged"),
                    filtered.provenance().get("data.leftOut.extreme"));
            assertThat(without).isLessThan(0.95 * best);
            assertThat(with).isGreaterThan(0.95 * best);
        }
    }

    private TestingStream stream(EmbeddedBroker broker, DetectorConfig config, int from, int to, Incidents incidents) {
        TestingStream stream = new TestingStream(broker, config);
        float[][] rows = new float[ENTITIES][];
        Arrays.setAll(rows, e -> fleet.entity(e, incidents));
        for (int i = from; i < to; i++) {
            for (int e = 0; e < ENTITIES; e++) {
                stream.add("host-" + e, START + i * MINUTE, row(rows[e], i));
            }
        }
        return stream;
    }

    private static float[] row(float[] rows, int row) {
        return Arrays.copyOfRange(rows, row * PoisonedFleet.FEATURES, (row + 1) * PoisonedFleet.FEATURES);
    }

    private static ModelRelease train(DetectorConfig config, int from, int to) throws Exception {
        ModelTrainer trainer = (asked, known) -> RetrainingJob.train(
                StreamExecutionEnvironment.getExecutionEnvironment(JobSettings.bounded()), config, asked, known);
        return new TrainingOnDemand(config, trainer, message -> {})
                .run(new HistoryRange(START + from * MINUTE, START + to * MINUTE))
                .release();
    }

    /** Scores the rows after the history with the model. */
    private double area(ModelRelease release) throws Exception {
        ModelArtifact model = ArtifactCodec.verified(
                ModelStore.fetch(release.artifact()), release.artifact().sha256());
        Incidents incidents = PoisonedFleet.hours(2 * PART, TEST);
        float[] scores = new float[ENTITIES * TEST];
        boolean[] labels = new boolean[scores.length];
        try (Engine engine = EngineChoice.OPENBLAS.open();
                WindowScorer scorer = new WindowScorer(model, engine, 1)) {
            for (int e = 0; e < ENTITIES; e++) {
                float[] rows = fleet.entity(e, incidents);
                EntityBaseline start = model.startingBaseline("host-" + e);
                EntityBaseline baseline = start.copy();
                WindowBuffer buffer = new WindowBuffer(model.contextRows(), 0, PoisonedFleet.FEATURES);
                for (int i = 0; i < TEST; i++) {
                    int row = 2 * PART + i;
                    int position = buffer.addStored(START + row * MINUTE, rows, row * PoisonedFleet.FEATURES);
                    labels[e * TEST + i] = incidents.contains(e, row);
                    if (buffer.windowEndsAt(position)) {
                        scorer.add(buffer, position);
                        scores[e * TEST + i] =
                                (float) scorer.judge(0, baseline, start).score();
                        scorer.clear();
                    }
                }
            }
        }
        return RankingMetrics.aucPr(scores, labels);
    }

    private DetectorConfig config(EmbeddedBroker broker, String detector) throws Exception {
        DetectorConfig config = DetectorConfig.withDefaults(detector, TestingModels.features(PoisonedFleet.FEATURES))
                .withBootstrap(broker.bootstrapServers())
                .withModelStore(directory.resolve("models").toUri())
                .withCheckpointDirectory(directory.resolve("checkpoints").toUri())
                .with(ModelSection.CODE_SIZE, 6)
                .with(ModelSection.ENGINE, EngineChoice.OPENBLAS)
                .with(RetrainingSection.EPOCHS, 4)
                .with(CheckpointSection.INTERVAL, Duration.ofSeconds(1))
                .with(AlarmSection.BUDGET, AlarmBudget.parse("1 per entity per P1D"));
        TopicSetup.create(config, 1, (short) 1);
        return config;
    }
}
