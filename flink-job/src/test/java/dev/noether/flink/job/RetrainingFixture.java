package dev.noether.flink.job;

import static java.util.Objects.requireNonNull;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.AlarmSection;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.ModelSection;
import dev.noether.flink.config.RetrainingSection;
import dev.noether.flink.config.WindowSection;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.release.ModelStore;
import dev.noether.flink.renewal.ModelTrainer;
import dev.noether.flink.renewal.TrainingOnDemand;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.scoring.TestingModels;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.engine.EngineChoice;
import dev.noether.schemas.ModelRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A broker and histories for the tests of the bounded job, once for each class. */
final class RetrainingFixture implements BeforeAllCallback, AfterAllCallback {
    /** Seed of the histories; change it with {@code -Dnoether.seed=}. */
    static final long SEED = Long.getLong("noether.seed", 7);

    static final int FEATURES = 5;
    static final int WINDOW = 3;
    static final int ENTITIES = 4;
    static final int ROWS = 1_600;
    static final long START = 1_700_000_000_000L;
    static final Duration DELAY = Duration.ofMinutes(7);

    private @Nullable Path folder;
    private @Nullable EmbeddedBroker broker;

    /** A cluster with room for a training and a scoring job. */
    static MiniClusterExtension cluster() {
        return new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                .setNumberTaskManagers(1)
                .setNumberSlotsPerTaskManager(4)
                .build());
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        System.out.println("histories of seed " + SEED + ", change with -Dnoether.seed=");
        Path made = Files.createTempDirectory("retraining");
        folder = made;
        broker = EmbeddedBroker.start(made.resolve("broker"), 0);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        broker().close();
        try (Stream<Path> files = Files.walk(folder())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    EmbeddedBroker broker() {
        return requireNonNull(broker);
    }

    /** Folder of the broker, the models and the checkpoints. */
    Path folder() {
        return requireNonNull(folder);
    }

    /** Trains as {@code noether retrain} does; returns what was announced. */
    ModelRelease run(DetectorConfig config, HistoryRange range) throws Exception {
        ModelTrainer trainer = (asked, known) -> RetrainingJob.train(
                StreamExecutionEnvironment.getExecutionEnvironment(JobSettings.bounded()), config, asked, known);
        return requireNonNull(
                new TrainingOnDemand(config, trainer, message -> {}).run(range).release());
    }

    /** A history of all entities in turn, a row a second. */
    TestingStream history(DetectorConfig config, int rows) {
        TestingStream stream = new TestingStream(broker(), config);
        TwoCauses process = new TwoCauses();
        for (int i = 0; i < rows; i++) {
            stream.add("host-" + i % ENTITIES, time(i), process.next());
        }
        return stream;
    }

    /** No rows are held out, so that one model is trained and not two. */
    DetectorConfig withoutTrial(String detector) {
        return config(detector).with(RetrainingSection.GATE_FRACTION, 0.0);
    }

    DetectorConfig config(String detector) {
        DetectorConfig config = DetectorConfig.withDefaults(detector, TestingModels.features(FEATURES))
                .withBootstrap(broker().bootstrapServers())
                .withModelStore(folder().resolve("models").toUri())
                .withCheckpointDirectory(folder().resolve("checkpoints").toUri())
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

    static ModelArtifact model(ModelRelease release) throws Exception {
        return ArtifactCodec.verified(
                ModelStore.fetch(release.artifact()), release.artifact().sha256());
    }

    /** Event time of a row. */
    static long time(int i) {
        return START + i * 1000L;
    }
}
