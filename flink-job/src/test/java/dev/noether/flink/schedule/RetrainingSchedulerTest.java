package dev.noether.flink.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.retrain.RetrainingException;
import dev.noether.model.training.HistoryTooShortException;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseCalibration;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.ReleasedArtifact;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RetrainingSchedulerTest {
    private static final Duration OFTEN = Duration.ofMillis(1);

    @Test
    void aFailedRunIsCountedAndTheNextOneComes() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch released = new CountDownLatch(2);
        List<String> failures = new CopyOnWriteArrayList<>();
        Retraining retraining = () -> {
            int run = runs.incrementAndGet();
            if (run == 2) {
                throw new RetrainingException("the store is full");
            }
            if (run == 4) {
                throw new IllegalStateException("a defect");
            }
            return release(run);
        };
        try (RetrainingScheduler scheduler = new RetrainingScheduler(
                retraining,
                release -> {
                    if (release.version() > 4) {
                        released.countDown();
                    }
                },
                failures::add)) {
            scheduler.start(Duration.ZERO, OFTEN);
            released.await();

            assertThat(failures).containsExactly("the store is full", "a defect");
            assertThat(scheduler.failures()).isEqualTo(2);
            assertThat(scheduler.lastFailure()).isEqualTo("a defect");
            assertThat(scheduler.releases()).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void aBrokerThatWasAwayCostsNoWholeIntervalButARefusedHistoryDoes() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch refused = new CountDownLatch(1);
        Retraining retraining = () -> {
            if (runs.incrementAndGet() < 3) {
                throw new IllegalStateException("no Kafka broker answers");
            }
            throw new HistoryTooShortException(5, 1_000);
        };
        try (RetrainingScheduler scheduler = new RetrainingScheduler(
                retraining,
                release -> {},
                failure -> {
                    if (failure.startsWith("the history")) {
                        refused.countDown();
                    }
                },
                OFTEN)) {
            scheduler.start(Duration.ZERO, Duration.ofDays(1));
            refused.await();
            Thread.sleep(100 * OFTEN.toMillis());
            assertThat(runs).hasValue(3);
        }
    }

    @Test
    void neverTwoAtATime() throws InterruptedException {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(10);
        Retraining retraining = () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            running.decrementAndGet();
            done.countDown();
            return release(1);
        };
        try (RetrainingScheduler scheduler = new RetrainingScheduler(retraining, release -> {}, failure -> {})) {
            scheduler.start(Duration.ZERO, OFTEN);
            for (int i = 0; i < 10; i++) {
                scheduler.runSoon();
            }
            done.await();
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void closingInterruptsTheRunUnderWayAndCountsNoFailure() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Retraining retraining = () -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException exception) {
                interrupted.countDown();
            }
            throw new RetrainingException("interrupted");
        };
        RetrainingScheduler scheduler = new RetrainingScheduler(retraining, release -> {}, failure -> {});
        scheduler.start(Duration.ZERO, Duration.ofHours(1));
        started.await();

        scheduler.close();

        interrupted.await();
        assertThat(scheduler.failures()).isZero();
    }

    private static ModelRelease release(long version) {
        return new ModelRelease(
                "demo",
                version,
                new ReleasedArtifact("file:/m", "00", 1),
                1,
                0,
                ReleaseStage.CHAMPION,
                0,
                new ReleaseCalibration(0.999, 1, 100),
                Map.of());
    }
}
