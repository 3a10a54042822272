package dev.noether.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.cli.console.ExitCode;
import dev.noether.cli.stream.ObservationPublisher;
import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.TrainingOutcome;
import dev.noether.schemas.TrainingRun;
import dev.noether.testing.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three {@code retrainer} processes for one folder of detectors; the leader is killed in a training. */
@Tag("long")
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class RetrainersIT {
    private static final int RETRAINERS = 3;
    private static final int ROWS = 6_000;

    @TempDir
    private Path folder;

    private final List<NoetherProcess> retrainers = new ArrayList<>();

    @AfterEach
    void end() {
        retrainers.forEach(NoetherProcess::close);
    }

    @Test
    void anotherOneFinishesAndExactlyOneReleaseAppears() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            Path detectors = Files.createDirectory(folder.resolve("detectors"));
            Path file = Files.writeString(detectors.resolve("fleet.yaml"), yaml("fleet", broker));
            Path broken = Files.writeString(detectors.resolve("broken.yaml"), yaml("b", broker) + "windw: 3\n");
            DetectorConfig config = DetectorConfig.load(file);
            TopicSetup.create(config, 1, (short) 1);
            publishHistory(config);
            for (int i = 0; i < RETRAINERS; i++) {
                retrainers.add(start("retrainer", "--config", detectors.toString()));
            }
            ReleaseTopic topic = new ReleaseTopic(config);
            Patience.await("a training", () -> topic.content().training() != null, this::outputs);
            NoetherProcess leader = leader(topic.content().training());
            assertThat(leader.output()).contains("This detector is not trained: " + broken);
            leader.kill();

            Patience.await("a model", () -> !topic.read().isEmpty(), this::outputs);
            TrainingRun run = topic.content().training();
            assertThat(run.outcome()).isEqualTo(TrainingOutcome.PROMOTED);
            assertThat(leader(run)).isNotSameAs(leader);

            NoetherProcess asking = start("retrain", "--config", file.toString());
            retrainers.add(asking);
            assertThat(asking.waitFor()).as(asking::output).isEqualTo(ExitCode.DONE);
            assertThat(asking.output())
                    .contains(
                            "Detector fleet is trained by process "
                                    + leader(run).pid(),
                            "Model 2: 6000 rows");
            assertThat(topic.read()).extracting(ModelRelease::version).containsExactly(1L, 2L);
        }
    }

    private NoetherProcess leader(TrainingRun run) {
        return retrainers.stream()
                .filter(one -> run.runner().startsWith("process " + one.pid() + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(run.runner()));
    }

    private Object outputs() {
        return retrainers.stream().map(NoetherProcess::output).toList();
    }

    private NoetherProcess start(String... arguments) throws IOException {
        Path work = Files.createTempDirectory(folder, "work");
        return NoetherProcess.startWithState(work, folder.resolve("state"), arguments);
    }

    /** A training lasts for some seconds. */
    private static String yaml(String detector, EmbeddedBroker broker) {
        return "detector: " + detector + "\nfeatures: [a, b, c, d, e, f]\nkafka: {bootstrapServers: '"
                + broker.bootstrapServers() + "'}\nretraining: {epochs: 60, patience: 60}\n";
    }

    private static void publishHistory(DetectorConfig config) {
        RandomGenerator random = new SplittableRandom(7);
        long start = System.currentTimeMillis() - ROWS * 60_000L;
        try (ObservationPublisher publisher =
                new ObservationPublisher(config.kafka(), config.topics().observations(), config.features())) {
            float[] values = new float[config.features().size()];
            for (int row = 0; row < ROWS; row++) {
                double cause = random.nextGaussian();
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (cause * i + 0.1 * random.nextGaussian());
                }
                publisher.send("host", start + row * 60_000L, values, ObservationPublisher.DeliveryListener.NONE);
            }
            publisher.flush();
        }
    }
}
