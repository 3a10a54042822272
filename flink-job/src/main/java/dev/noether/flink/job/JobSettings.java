package dev.noether.flink.job;

import dev.noether.flink.config.DetectorConfig;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The Flink settings that the jobs need. Where they run, and with how much memory, is Flink's own configuration.
 */
public final class JobSettings {
    private static final Duration WATERMARK_INTERVAL = Duration.ofMillis(200);
    private static final Duration FIRST_RESTART = Duration.ofSeconds(1);
    private static final Duration SLOWEST_RESTART = Duration.ofMinutes(1);

    private static final int RETAINED_CHECKPOINTS = 3;

    private JobSettings() {}

    /**
     * Settings of the scoring job: exactly-once checkpoints that are kept after the job, and restarts without limit.
     */
    public static Configuration of(DetectorConfig config) {
        Configuration settings = common();
        settings.set(
                CheckpointingOptions.CHECKPOINTING_INTERVAL,
                config.checkpoints().interval());
        settings.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                config.checkpoints().directory().toString());
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        // A recovery starts from a checkpoint before the first missing result.
        settings.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, RETAINED_CHECKPOINTS);
        // The job never gives up. Growing pauses between restarts spare a broker that is down.
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, FIRST_RESTART);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, SLOWEST_RESTART);
        return settings;
    }

    /**
     * Flink deletes the checkpoint that the job starts from when newer ones replace it. A savepoint stays: it belongs to
     * whoever took it.
     */
    static void claimCheckpoint(StreamExecutionEnvironment environment) {
        String path = environment.getConfiguration().get(StateRecoveryOptions.SAVEPOINT_PATH);
        if (path != null && RetainedCheckpoints.isCheckpoint(path)) {
            Configuration claim = new Configuration();
            claim.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
            environment.configure(claim);
        }
    }

    /** Settings of the bounded job: no checkpoints and no restart, because the scheduler starts the next training. */
    public static Configuration bounded() {
        Configuration settings = common();
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        return settings;
    }

    private static Configuration common() {
        Configuration settings = new Configuration();
        // No operator changes a row that it receives, so chained operators may share rows.
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, WATERMARK_INTERVAL);
        return settings;
    }
}
