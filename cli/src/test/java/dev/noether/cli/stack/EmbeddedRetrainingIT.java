package dev.noether.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.cli.stream.ObservationPublisher;
import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.RetrainingSection;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.retrain.RetrainingException;
import dev.noether.flink.schedule.EmbeddedRetraining;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.training.DetectorTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EmbeddedRetrainingIT {
    private static final int ROWS = 4_000;
    private static final int FEATURES = 6;
    private static final int LONGEST = 100_000;

    @TempDir
    private Path directory;

    @Test
    void anInterruptedRunHasEndedAndLeavesNothing() throws Exception {
        Path models = directory.resolve("models");
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0)) {
            DetectorConfig config = config(broker, models);
            TopicSetup.create(config, 1, (short) 1);
            publishHistory(config);
            Thread trainer = Thread.currentThread();
            Thread interrupter = new Thread(() -> {
                awaitTraining();
                trainer.interrupt();
            });
            interrupter.start();

            EmbeddedRetraining retraining = new EmbeddedRetraining(config, HistoryRange.all());
            assertThatThrownBy(retraining::run).isInstanceOf(RetrainingException.class);

            assertThat(Thread.interrupted()).as("the thread's interrupt status").isTrue();
            interrupter.join();
            assertThat(isTraining()).as("a training goes on").isFalse();
            assertThat(filesIn(models)).isEmpty();
            assertThat(new ReleaseTopic(config).read()).isEmpty();
        }
    }

    private static DetectorConfig config(EmbeddedBroker broker, Path models) {
        List<String> features =
                Stream.iterate(1, i -> i + 1).limit(FEATURES).map(i -> "f" + i).toList();
        return DetectorConfig.withDefaults("interrupted", new FeatureSchema(features))
                .withBootstrap(broker.bootstrapServers())
                .withModelStore(models.toUri())
                .with(RetrainingSection.EPOCHS, LONGEST)
                .with(RetrainingSection.PATIENCE, LONGEST);
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

    private static void awaitTraining() {
        try {
            while (!isTraining()) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isTraining() {
        String trainer = DetectorTrainer.class.getName();
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Stream::of)
                .anyMatch(frame -> frame.getClassName().equals(trainer));
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
