package dev.noether.flink.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.OptionRegistry;
import dev.noether.flink.retrain.RetrainingException;
import dev.noether.flink.schedule.RetrainingScheduler;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseCalibration;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.ReleasedArtifact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class RetrainingServiceTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path folder;

    @Test
    void trainsAtTheIntervalOfTheDetectorsFileAlsoAfterAFailure() throws InterruptedException {
        AtomicInteger trainings = new AtomicInteger();
        CountDownLatch third = new CountDownLatch(3);
        DetectorConfig config = config(Duration.ofSeconds(1));
        try (RetrainingScheduler scheduler = RetrainingService.start(config, Duration.ZERO, HealthFile.NONE, () -> {
            third.countDown();
            if (trainings.incrementAndGet() == 1) {
                throw new RetrainingException("the store is full");
            }
            return release();
        })) {
            third.await();
            assertThat(scheduler.failures()).isEqualTo(1);
        }
    }

    @Test
    void isHealthyForFourIntervalsBehindTheFirstDelay() throws Exception {
        Path file = folder.resolve("healthy");
        Instant before = Instant.now();
        RetrainingScheduler scheduler = RetrainingService.start(
                config(DAY), Duration.ofHours(1), HealthFile.of(file, DAY), RetrainingServiceTest::release);
        scheduler.close();
        assertThat(Files.getLastModifiedTime(file).toInstant())
                .isBetween(before.plus(DAY.multipliedBy(4)).plus(Duration.ofMinutes(59)), afterDays(5));
    }

    @Test
    void onlyASuccessfulTrainingKeepsItHealthy() throws Exception {
        Path file = folder.resolve("healthy");
        AtomicInteger trainings = new AtomicInteger();
        CountDownLatch second = new CountDownLatch(2);
        CountDownLatch deleted = new CountDownLatch(1);
        try (RetrainingScheduler scheduler =
                RetrainingService.start(config(Duration.ofSeconds(1)), Duration.ZERO, HealthFile.of(file, DAY), () -> {
                    await(deleted);
                    second.countDown();
                    if (trainings.incrementAndGet() == 1) {
                        throw new RetrainingException("too few rows");
                    }
                    assertThat(file).as("after a failure").doesNotExist();
                    return release();
                })) {
            Files.delete(file);
            deleted.countDown();
            second.await();
            while (scheduler.releases() == 0 || !Files.exists(file)) {
                Thread.sleep(10);
            }
            assertThat(scheduler.failures()).isEqualTo(1);
        }
    }

    @Test
    void aHealthFileThatCannotBeWrittenStopsTheStart() {
        HealthFile health = HealthFile.of(folder.resolve("absent/healthy"), DAY);
        assertThatThrownBy(() -> health.extend(Duration.ZERO)).hasMessageContaining("cannot be written");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }

    private static Instant afterDays(int days) {
        return Instant.now().plus(Duration.ofDays(days));
    }

    private static DetectorConfig config(Duration interval) {
        return DetectorConfig.withDefaults("fleet", new FeatureSchema(List.of("cpu")))
                .with(OptionRegistry.RETRAINING_INTERVAL, interval);
    }

    private static ModelRelease release() {
        return new ModelRelease(
                "fleet",
                1,
                new ReleasedArtifact("file:/m", "00", 1),
                1,
                0,
                ReleaseStage.CHAMPION,
                0,
                new ReleaseCalibration(0.999, 1, 100),
                Map.of());
    }
}
