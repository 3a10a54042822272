package dev.noether.cli.stack;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.Options;
import dev.noether.flink.job.JobSettings;
import dev.noether.flink.job.RetrainingException;
import dev.noether.flink.job.RetrainingJob;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.schemas.ModelRelease;
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

/** The retraining job on a Flink cluster in this JVM that lives as long as one run. */
public final class EmbeddedRetraining implements Retraining {
    private final DetectorConfig config;
    private final HistoryRange range;

    /**
     * Makes a retraining.
     *
     * @param config of the detector
     * @param range the event times to train on, looked at anew by each run where an end is open
     */
    public EmbeddedRetraining(DetectorConfig config, HistoryRange range) {
        this.config = config;
        this.range = range;
    }

    /** Trains and announces a model. An interrupted run has ended, and leaves no artifact, before this returns. */
    @Override
    public ModelRelease run() throws RetrainingException {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(1, LocalFlink.settings(JobSettings.bounded()));
        SubmittedJob job = new SubmittedJob();
        environment.registerJobListener(job);
        try {
            return RetrainingJob.run(environment, config.with(Options.PARALLELISM, 1), range);
        } catch (RetrainingException exception) {
            if (isInterruption(exception)) {
                job.cancel();
                Thread.currentThread().interrupt();
            }
            throw exception;
        }
    }

    private static boolean isInterruption(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException) {
                return true;
            }
        }
        return false;
    }

    /** The job that an environment runs. Flink leaves it running where the thread that waits for it is interrupted. */
    private static final class SubmittedJob implements JobListener {
        private static final Logger LOG = LoggerFactory.getLogger(SubmittedJob.class);
        private static final Duration PATIENCE = Duration.ofSeconds(10);

        private volatile @Nullable JobClient client;

        @Override
        public void onJobSubmitted(@Nullable JobClient submitted, @Nullable Throwable failure) {
            client = submitted;
        }

        @Override
        public void onJobExecuted(@Nullable JobExecutionResult result, @Nullable Throwable failure) {
            // Told of the waiting thread's interruption too: it says nothing of the job.
        }

        /** Ends the job and waits until its tasks have. */
        void cancel() {
            JobClient running = client;
            if (running == null) {
                return;
            }
            try {
                running.cancel().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                running.getJobExecutionResult().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException exception) {
                Thread.currentThread().interrupt();
            } catch (TimeoutException exception) {
                LOG.warn("The retraining under way did not end within {}.", PATIENCE);
            } catch (ExecutionException | IllegalStateException exception) {
                LOG.debug("The retraining under way has ended.", exception);
            }
        }
    }
}
