package dev.noether.flink.schedule;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.GeneralSection;
import dev.noether.flink.job.JobSettings;
import dev.noether.flink.job.LocalFlink;
import dev.noether.flink.job.RetrainingJob;
import dev.noether.flink.release.Candidate;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.flink.renewal.ModelTrainer;
import dev.noether.flink.renewal.TrainingOnDemand;
import dev.noether.flink.renewal.TrainingReport;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.retrain.RetrainingException;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.TrainingOutcome;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.JobListener;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the retraining job on a Flink cluster inside this JVM. The cluster exists for one run; what it needs from the JVM
 * is loaded once. Thread-safe.
 */
public final class EmbeddedRetraining implements Retraining, ModelTrainer {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRetraining.class);

    private final RepeatedLocalExecution execution = new RepeatedLocalExecution();
    private final DetectorConfig config;
    private final HistoryRange range;

    /**
     * Creates a retraining.
     *
     * @param config configuration of the detector
     * @param range event times that {@link #run} trains on; each run resolves an open end again
     */
    public EmbeddedRetraining(DetectorConfig config, HistoryRange range) {
        this.config = config;
        this.range = range;
    }

    /**
     * Trains a model and announces it. If another retrainer leads the detector, that one trains. If the thread is
     * interrupted, the job has ended and has left no artifact before this method returns.
     *
     * @throws RetrainingException also if the gate refused the model
     */
    @Override
    public ModelRelease run() throws RetrainingException {
        TrainingReport report = new TrainingOnDemand(config, this, LOG::info).run(range);
        if (report.run().outcome() == TrainingOutcome.REFUSED) {
            throw new RetrainingException("model " + report.run().version() + " is refused: "
                    + report.run().message());
        }
        if (report.release() == null) {
            throw new RetrainingException("the release of model " + report.run().version() + " is not in the topic "
                    + config.topics().models() + " any more");
        }
        return report.release();
    }

    @Override
    public Candidate train(HistoryRange asked, ModelsTopicContent known) throws RetrainingException {
        StreamExecutionEnvironment environment = execution.environment(LocalFlink.settings(JobSettings.bounded()));
        SubmittedJob job = new SubmittedJob();
        environment.registerJobListener(job);
        try {
            return RetrainingJob.train(environment, config.with(GeneralSection.PARALLELISM, 1), asked, known);
        } catch (RetrainingException exception) {
            if (isInterruption(exception)) {
                job.cancel();
                Thread.currentThread().interrupt();
            }
            throw exception;
        }
    }

    /** Ends the use; no training may be running. */
    @Override
    public void close() {
        execution.close();
    }

    private static boolean isInterruption(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException) {
                return true;
            }
        }
        return false;
    }

    /** The job that an environment runs. Flink does not cancel it when the waiting thread is interrupted. */
    private static final class SubmittedJob implements JobListener {
        private static final Logger LOG = LoggerFactory.getLogger(SubmittedJob.class);
        private static final Duration TIMEOUT = Duration.ofSeconds(10);

        private volatile @Nullable JobClient client;

        @Override
        public void onJobSubmitted(@Nullable JobClient submitted, @Nullable Throwable failure) {
            client = submitted;
        }

        @Override
        public void onJobExecuted(@Nullable JobExecutionResult result, @Nullable Throwable failure) {
            // Flink also calls this when the waiting thread is interrupted, so it does not mean that the job ended.
        }

        /** Cancels the job and waits until its tasks have ended. */
        void cancel() {
            JobClient running = client;
            if (running == null) {
                return;
            }
            try {
                running.cancel().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                running.getJobExecutionResult().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException exception) {
                Thread.currentThread().interrupt();
            } catch (TimeoutException exception) {
                LOG.warn("The cancelled training did not end within {}.", TIMEOUT);
            } catch (ExecutionException | IllegalStateException exception) {
                LOG.debug("The training had already ended.", exception);
            }
        }
    }
}
