package dev.noether.cli.stack;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.Options;
import dev.noether.flink.job.JobSettings;
import dev.noether.flink.job.RetrainingException;
import dev.noether.flink.job.RetrainingJob;
import dev.noether.flink.retrain.TrainingRange;
import dev.noether.schemas.ModelRelease;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The retraining job on a Flink cluster in this JVM that lives as long as one run. */
public final class EmbeddedRetraining implements Retraining {
    private final DetectorConfig config;
    private final TrainingRange range;

    /**
     * Makes a retraining.
     *
     * @param config of the detector
     * @param range the event times to train on, looked at anew by each run where an end is open
     */
    public EmbeddedRetraining(DetectorConfig config, TrainingRange range) {
        this.config = config;
        this.range = range;
    }

    @Override
    public ModelRelease run() throws RetrainingException {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(1, LocalFlink.settings(JobSettings.bounded()));
        return RetrainingJob.run(environment, config.with(Options.PARALLELISM, 1), range);
    }
}
