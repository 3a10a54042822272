package dev.noether.cli.stack;

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
 * Runs a retraining again and again, never two at a time: a run that outlasts the interval delays the next one. A failed run
 * is logged and counted, and the next one comes at its time. Thread-safe.
 */
public final class RetrainingScheduler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RetrainingScheduler.class);
    private static final Duration STOPPING = Duration.ofSeconds(15);

    private final Retraining retraining;
    private final Consumer<ModelRelease> released;
    private final Consumer<String> failed;
    private final ScheduledExecutorService executor;
    private final AtomicInteger releases = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile @Nullable String lastFailure;

    /**
     * Makes a scheduler that does nothing yet.
     *
     * @param retraining what to run
     * @param released is told of each release, on the scheduler's thread
     * @param failed is told of each failure in one line, on the scheduler's thread
     */
    public RetrainingScheduler(Retraining retraining, Consumer<ModelRelease> released, Consumer<String> failed) {
        this.retraining = retraining;
        this.released = released;
        this.failed = failed;
        this.executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "retraining");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Runs it after the first delay, and then at this interval. To be called once. */
    public void start(Duration firstDelay, Duration interval) {
        executor.scheduleAtFixedRate(this::runOnce, firstDelay.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Runs it as soon as no other run is under way. */
    public void runSoon() {
        executor.execute(this::runOnce);
    }

    /** How many releases there were. */
    public int releases() {
        return releases.get();
    }

    /** How many runs failed. */
    public int failures() {
        return failures.get();
    }

    /** What the last failed run said; null where none failed. */
    public @Nullable String lastFailure() {
        return lastFailure;
    }

    /** Interrupts a run that is under way, and waits for its end, so that it writes nothing afterwards. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(STOPPING.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The retraining under way did not end within {} and was left behind.", STOPPING);
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nothing may leave this method: the executor would silently drop all later runs. */
    private void runOnce() {
        try {
            ModelRelease release = retraining.run();
            releases.incrementAndGet();
            released.accept(release);
        } catch (Exception exception) {
            if (executor.isShutdown()) {
                return;
            }
            failures.incrementAndGet();
            String message = String.valueOf(exception.getMessage());
            lastFailure = message;
            LOG.error("A retraining failed.", exception);
            failed.accept(message);
        }
    }
}
