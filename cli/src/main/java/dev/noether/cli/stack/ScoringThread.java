package dev.noether.cli.stack;

import dev.noether.flink.config.DetectorConfig;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scoring of one detector beside others in this JVM, on a thread and a Flink cluster of its own. A failure, at the
 * start or later, ends nothing but this job, which is tried again. Thread-safe.
 */
public final class ScoringThread implements AutoCloseable {
    /** Time from a failure to the next start. */
    public static final Duration RETRY = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(ScoringThread.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    /** Longer than a job takes to end. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(4);

    private final DetectorConfig config;
    private final Preparation preparation;
    private final Consumer<String> messages;
    private final Duration retry;
    private final Thread thread;
    private final CountDownLatch firstTry = new CountDownLatch(1);
    private volatile @Nullable EmbeddedScoring scoring;
    private volatile String problem = "";
    private volatile boolean isClosed;

    /** What must be done and true before a job starts. */
    public interface Preparation {
        /**
         * Checks that the job can run.
         *
         * @param messages receiver of lines for a person
         * @return the configuration to start
         * @throws RuntimeException that says why the job cannot run now
         */
        DetectorConfig prepare(DetectorConfig config, Consumer<String> messages) throws InterruptedException;
    }

    private ScoringThread(DetectorConfig config, Preparation preparation, Consumer<String> messages, Duration retry) {
        this.config = config;
        this.preparation = preparation;
        this.messages = line -> messages.accept(config.detector() + ": " + line);
        this.retry = retry;
        this.thread = new Thread(this::run, "score-" + config.detector());
        thread.setDaemon(true);
    }

    /**
     * Starts to score a detector.
     *
     * @param messages receiver of lines for a person, each with the name of the detector
     * @param retry time from a failure to the next start
     */
    public static ScoringThread start(
            DetectorConfig config, Preparation preparation, Consumer<String> messages, Duration retry) {
        ScoringThread started = new ScoringThread(config, preparation, messages, retry);
        started.thread.start();
        return started;
    }

    /** Configuration of the detector. */
    public DetectorConfig config() {
        return config;
    }

    /** The job; null while there is none. */
    public @Nullable EmbeddedScoring scoring() {
        return scoring;
    }

    /** Why there is no job, or why there was none before; empty if it has never failed. */
    public String problem() {
        return problem;
    }

    /** Waits until the first start has succeeded or failed; returns whether it has succeeded. */
    public boolean awaitFirstTry() throws InterruptedException {
        firstTry.await();
        return problem.isEmpty();
    }

    private void run() {
        try {
            while (!isClosed) {
                tryToScore();
                Thread.sleep(retry.toMillis());
            }
        } catch (InterruptedException closed) {
            LOG.debug("The scoring of detector {} ends.", config.detector());
        } finally {
            firstTry.countDown();
        }
    }

    private void tryToScore() throws InterruptedException {
        try (EmbeddedScoring started = EmbeddedScoring.start(preparation.prepare(config, messages))) {
            scoring = started;
            started.startMessages().forEach(messages);
            messages.accept(started.describe(config));
            firstTry.countDown();
            while (true) {
                Thread.sleep(LOOK.toMillis());
                started.check();
            }
        } catch (RuntimeException | LinkageError failure) {
            if (!isClosed) {
                tell(failure);
            }
        } finally {
            scoring = null;
        }
    }

    private void tell(Throwable failure) {
        String now = failure.getMessage() == null
                ? failure.toString()
                : failure.getMessage().strip().replaceAll("\\s*\\R\\s*", " ");
        if (!now.equals(problem)) {
            LOG.warn("Detector {} is not scored.", config.detector(), failure);
            messages.accept("not scored: " + now + " (tried again every " + retry.toSeconds() + " s)");
        }
        problem = now;
        firstTry.countDown();
    }

    /** Begins to end the job, which keeps its newest checkpoint. */
    public void stop() {
        isClosed = true;
        thread.interrupt();
    }

    /** Ends the job within four seconds. */
    @Override
    public void close() {
        stop();
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
