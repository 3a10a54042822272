package dev.noether.cli.demo;

import dev.noether.flink.config.AlarmSection;
import dev.noether.flink.config.CheckpointSection;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.EntitySection;
import dev.noether.flink.config.GeneralSection;
import dev.noether.flink.config.ModelSection;
import dev.noether.flink.config.RetrainingSection;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.alarm.BudgetScope;
import dev.noether.model.feature.FeatureSchema;
import java.time.Duration;
import java.util.List;

/** The detector configuration of the demonstration: the defaults, with shorter intervals and faster training. */
final class DemoDetector {
    private static final String NAME = "demo";
    private static final Duration CHECKPOINTS = Duration.ofSeconds(1);
    /**
     * Time between the release of a model and the first row that it scores. A release takes a moment to reach the
     * tasks.
     */
    private static final Duration ACTIVATION = Duration.ofSeconds(2);
    /** The activation takes at most this fraction of the live part, so that a short run uses the new model too. */
    private static final int ACTIVATION_SHARE = 20;

    /** Server metrics come in groups with one cause. A code as wide as a row would reconstruct every anomaly. */
    private static final int FEATURES_PER_CAUSE = 3;

    private static final int LARGEST_CODE = 10;

    /** The default of one alarm in a month reports only the largest anomalies of the simulated day and a half. */
    static final AlarmBudget BUDGET = new AlarmBudget(1, BudgetScope.EACH_ENTITY, Duration.ofDays(1));

    private DemoDetector() {}

    /**
     * Makes the configuration.
     *
     * @param features feature names of the workload
     * @param options settings of the demonstration
     * @param liveSpan event time that the live part covers
     */
    static DetectorConfig config(List<String> features, DemoOptions options, Duration liveSpan) {
        Duration activation = Duration.ofMillis((long) ((double) liveSpan.toMillis()
                * ACTIVATION.toMillis()
                / options.length().toMillis()));
        Duration longest = liveSpan.dividedBy(ACTIVATION_SHARE);
        return DetectorConfig.withDefaults(NAME, new FeatureSchema(features))
                .with(GeneralSection.PARALLELISM, options.parallelism())
                // The times are simulated: they may be ahead of this machine's clock.
                .with(EntitySection.MAX_AHEAD, Duration.ofDays(3650))
                .with(CheckpointSection.INTERVAL, CHECKPOINTS)
                .with(RetrainingSection.INTERVAL, options.length())
                .with(RetrainingSection.HISTORY, Duration.ofDays(3650))
                .with(RetrainingSection.ACTIVATION_DELAY, activation.compareTo(longest) < 0 ? activation : longest)
                .with(ModelSection.CODE_SIZE, Math.min(LARGEST_CODE, Math.max(1, features.size() / FEATURES_PER_CAUSE)))
                .with(RetrainingSection.MAX_ROWS, 200_000)
                .with(RetrainingSection.EPOCHS, 12)
                .with(RetrainingSection.BATCH_SIZE, 128)
                .with(AlarmSection.BUDGET, BUDGET)
                .with(RetrainingSection.SEED, options.seed());
    }
}
