package dev.noether.flink.renewal;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.release.Candidate;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.retrain.RetrainingException;
import dev.noether.schemas.DecisionFacts;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.ReleaseCalibration;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.ReleasedArtifact;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A trainer whose trainings last until the test lets them end. Its models have no artifact. */
final class TestingTrainer implements ModelTrainer {
    private static final AtomicInteger MODELS = new AtomicInteger();

    final CountDownLatch started = new CountDownLatch(1);
    final List<HistoryRange> ranges = new CopyOnWriteArrayList<>();
    private final DetectorConfig config;
    private final Semaphore permits = new Semaphore(0);
    private volatile boolean ignoresInterrupts;

    TestingTrainer(DetectorConfig config) {
        this.config = config;
    }

    /** As in a process that was paused: it learns of nothing. */
    TestingTrainer deaf() {
        ignoresInterrupts = true;
        return this;
    }

    /** Lets so many trainings end. */
    TestingTrainer letEnd(int trainings) {
        permits.release(trainings);
        return this;
    }

    @Override
    public Candidate train(HistoryRange range, ModelsTopicContent known) throws RetrainingException {
        ranges.add(range);
        started.countDown();
        if (ignoresInterrupts) {
            permits.acquireUninterruptibly();
        } else {
            acquire();
        }
        long version = 1
                + known.releases().stream()
                        .mapToLong(ModelRelease::version)
                        .max()
                        .orElse(0);
        return candidate(config, version, System.currentTimeMillis());
    }

    private void acquire() throws RetrainingException {
        try {
            permits.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetrainingException("interrupted", e);
        }
    }

    /** Returns a model that differs from all others. */
    static Candidate candidate(DetectorConfig config, long version, long effectiveFrom) {
        ModelRelease release = new ModelRelease(
                config.detector(),
                version,
                new ReleasedArtifact("file:/m", String.format("%064x", MODELS.incrementAndGet()), 1),
                1,
                effectiveFrom,
                ReleaseStage.CHAMPION,
                System.currentTimeMillis(),
                new ReleaseCalibration(0.999, 1, 100),
                Map.of());
        return new Candidate(
                release,
                new PromotionDecision.Promoted(new DecisionFacts(
                        config.detector(), release.identity(), null, "A test.", "test", 5, List.of())));
    }
}
