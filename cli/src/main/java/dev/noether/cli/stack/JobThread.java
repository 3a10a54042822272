package dev.noether.cli.stack;

import dev.noether.flink.config.DetectorConfig;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job of one detector beside others in this JVM, on a thread and a Flink cluster of its own. A failure, at the start or
 * later, ends nothing but this job, which is tried again. Thread-safe.
 *
 * @param <J> type of the job
 */
public final class JobThread<J extends RunningJob> implements AutoCloseable {
    /** Time from a failure to the next start. */
    public static final Duration RETRY = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(JobThread.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    /** Longer than a job takes to end. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(4);

    private final Kind<J> kind;
    private final DetectorConfig config;
    private final Preparation preparation;
    private final Consumer<String> messages;
    private final Duration retry;
    private final Thread thread;
    private final CountDownLatch firstTry = new CountDownLatch(1);
    private volatile @Nullable J job;
    private volatile String problem = "";
    private volatile boolean isClosed;

    /**
     * What the job does.
     *
     * @param participle what is done with a detector, such as "scored"
     * @param starter starts the job
     * @param <J> type of the job
     */
    public record Kind<J extends RunningJob>(String participle, Starter<J> starter) {
        /** The scoring. */
        public static final Kind<EmbeddedScoring> SCORING = new Kind<>("scored", EmbeddedScoring::start);

        /** The import. */
        public static final Kind<EmbeddedImport> IMPORT = new Kind<>("imported", EmbeddedImport::start);
    }

    /** Starts a job. */
    @FunctionalInterface
    public interface Starter<J extends RunningJob> {
        /**
         * Starts the job; returns when Flink has accepted it.
         *
         * @throws StackException if Flink does not start or rejects the job
         */
        J start(DetectorConfig config) throws InterruptedException;
    }

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

    private JobThread(
            Kind<J> kind, DetectorConfig config, Preparation preparation, Consumer<String> messages, Duration retry) {
        this.kind = kind;
        this.config = config;
        this.preparation = preparation;
        this.messages = line -> messages.accept(config.detector() + ": " + line);
        this.retry = retry;
        this.thread = new Thread(this::run, kind.participle() + "-" + config.detector());
        thread.setDaemon(true);
    }

    /**
     * Starts a job.
     *
     * @param kind what the job does
     * @param messages receiver of lines for a person, each with the name of the detector
     * @param retry time from a failure to the next start
     */
    public static <J extends RunningJob> JobThread<J> start(
            Kind<J> kind, DetectorConfig config, Preparation preparation, Consumer<String> messages, Duration retry) {
        JobThread<J> started = new JobThread<>(kind, config, preparation, messages, retry);
        started.thread.start();
        return started;
    }

    /** Configuration of the detector. */
    public DetectorConfig config() {
        return config;
    }

    /** The job; null while there is none. */
    public @Nullable J job() {
        return job;
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
                tryToRun();
                Thread.sleep(retry.toMillis());
            }
        } catch (InterruptedException closed) {
            LOG.debug("Detector {} is no longer {}.", config.detector(), kind.participle());
        } finally {
            firstTry.countDown();
        }
    }

    private void tryToRun() throws InterruptedException {
        try (J started = kind.starter().start(preparation.prepare(config, messages))) {
            job = started;
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
            job = null;
        }
    }

    private void tell(Throwable failure) {
        String now = failure.getMessage() == null
                ? failure.toString()
                : failure.getMessage().strip().replaceAll("\\s*\\R\\s*", " ");
        if (!now.equals(problem)) {
            LOG.warn("Detector {} is not {}.", config.detector(), kind.participle(), failure);
            messages.accept(
                    "not " + kind.participle() + ": " + now + " (tried again every " + retry.toSeconds() + " s)");
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
