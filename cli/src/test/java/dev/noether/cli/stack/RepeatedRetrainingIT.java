package dev.noether.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.cli.stream.ObservationPublisher;
import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.RetrainingSection;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.schedule.EmbeddedRetraining;
import dev.noether.model.feature.FeatureSchema;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One process trains for months: a training must leave nothing behind in the JVM. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@Tag("long")
class RepeatedRetrainingIT {
    private static final int ROWS = 4_000;
    private static final int FEATURES = 3;
    private static final int WARM_UP = 2;
    private static final int TRAININGS = 3;

    /** A new class loader for Flink's RPC system would load 1,800. */
    private static final int MOST_CLASSES = 200;

    @TempDir
    private Path directory;

    @Test
    void trainingAgainAndAgainLoadsNoMoreClasses() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0)) {
            DetectorConfig config = config(broker, directory.resolve("models"));
            TopicSetup.create(config, 1, (short) 1);
            publishHistory(config);
            try (EmbeddedRetraining retraining = new EmbeddedRetraining(config, HistoryRange.all())) {
                for (int training = 1; training <= WARM_UP; training++) {
                    retraining.run();
                }
                long before = loadedClasses();
                for (int training = 1; training <= TRAININGS; training++) {
                    retraining.run();
                }
                assertThat((loadedClasses() - before) / TRAININGS)
                        .as("classes that one more training loads")
                        .isLessThan(MOST_CLASSES);
            }
        }
    }

    /** Classes that were ever loaded: it does not matter whether the JVM has collected some of them. */
    private static long loadedClasses() {
        return ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
    }

    private static DetectorConfig config(EmbeddedBroker broker, Path models) {
        List<String> features =
                Stream.iterate(1, i -> i + 1).limit(FEATURES).map(i -> "f" + i).toList();
        return DetectorConfig.withDefaults("repeated", new FeatureSchema(features))
                .withBootstrap(broker.bootstrapServers())
                .withModelStore(models.toUri())
                .with(RetrainingSection.EPOCHS, 1);
    }

    private static void publishHistory(DetectorConfig config) {
        RandomGenerator random = new SplittableRandom(7);
        try (ObservationPublisher publisher =
                new ObservationPublisher(config.kafka(), config.topics().observations(), config.features())) {
            float[] values = new float[FEATURES];
            for (int row = 0; row < ROWS; row++) {
                double cause = random.nextGaussian();
                for (int feature = 0; feature < FEATURES; feature++) {
                    values[feature] = (float) (cause * feature + 0.1 * random.nextGaussian());
                }
                publisher.send(
                        "host", 1_700_000_000_000L + row * 60_000L, values, ObservationPublisher.DeliveryListener.NONE);
            }
            publisher.flush();
        }
    }
}
