package dev.noether.flink.schedule;

import dev.noether.model.training.TrainingRefusedException;
import dev.noether.schemas.ModelRelease;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a retraining at a fixed interval, never two at once: a training that takes longer than the interval delays the
 * next one. A failed training is logged and counted. If the history was refused, the next one runs at the next interval; if
 * Kafka or the store failed, it runs again after a minute, or at the next interval if that is sooner. Thread-safe.
 */
public final class RetrainingScheduler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RetrainingScheduler.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration RETRY = Duration.ofMinutes(1);

    private final Retraining retraining;
    private final Consumer<ModelRelease> onRelease;
    private final Consumer<String> onFailure;
    private final ScheduledExecutorService executor;
    private final Duration retry;
    private final AtomicInteger releases = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile @Nullable String lastFailure;
    private volatile boolean isRetried;

    /**
     * Creates a scheduler that is not started.
     *
     * @param retraining training to run
     * @param onRelease called with each announced release, on the scheduler's thread
     * @param onFailure called with the one-line reason of each failure, on the scheduler's thread
     */
    public RetrainingScheduler(Retraining retraining, Consumer<ModelRelease> onRelease, Consumer<String> onFailure) {
        this(retraining, onRelease, onFailure, RETRY);
    }

    RetrainingScheduler(
            Retraining retraining, Consumer<ModelRelease> onRelease, Consumer<String> onFailure, Duration retry) {
        this.retry = retry;
        this.retraining = retraining;
        this.onRelease = onRelease;
        this.onFailure = onFailure;
        this.executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "retraining");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts the schedule. May be called once.
     *
     * @param firstDelay time until the first training
     * @param interval time from the start of one training to the start of the next
     */
    public void start(Duration firstDelay, Duration interval) {
        isRetried = interval.compareTo(retry) > 0;
        executor.scheduleAtFixedRate(this::runOnce, firstDelay.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Runs one more training as soon as none is running. */
    public void runSoon() {
        executor.execute(this::runOnce);
    }

    /** Number of announced releases. */
    public int releases() {
        return releases.get();
    }

    /** Number of failed trainings. */
    public int failures() {
        return failures.get();
    }

    /** Reason of the last failure; null if no training has failed. */
    public @Nullable String lastFailure() {
        return lastFailure;
    }

    /** Interrupts a running training and waits for its end, so that it writes nothing afterwards. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The running training did not end within {}; the scheduler no longer waits.", STOP_TIMEOUT);
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets no exception escape: the executor would silently drop all later runs. */
    private void runOnce() {
        try {
            ModelRelease release = retraining.run();
            releases.incrementAndGet();
            onRelease.accept(release);
        } catch (Exception exception) {
            if (executor.isShutdown()) {
                return;
            }
            failures.incrementAndGet();
            String message = String.valueOf(exception.getMessage());
            lastFailure = message;
            LOG.error("A retraining failed.", exception);
            onFailure.accept(message);
            if (isRetried && !(exception instanceof TrainingRefusedException)) {
                executor.schedule(this::runOnce, retry.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }
}
