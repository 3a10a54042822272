package dev.noether.cli.demo;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.Options;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.alarm.BudgetScope;
import dev.noether.model.feature.FeatureSchema;
import java.time.Duration;
import java.util.List;

/** The detector of the demonstration: as it comes, but quicker in all that a demonstration has no time for. */
final class DemoDetector {
    private static final String NAME = "demo";
    private static final Duration CHECKPOINTS = Duration.ofSeconds(1);
    /** A release needs a moment to reach the tasks: so much of the replay lies between it and its effect. */
    private static final Duration ACTIVATION = Duration.ofSeconds(2);
    /** And no more than this share of the replay, so that a short one sees it too. */
    private static final int ACTIVATION_SHARE = 20;

    /** Metrics of a server come in groups with one cause: a code as wide as the row would let anything through. */
    private static final int FEATURES_PER_CAUSE = 3;

    private static final int LARGEST_CODE = 10;

    /** A day and a half must be worth looking at: the default of one alarm in a month names only the grossest breaks in it. */
    private static final AlarmBudget BUDGET = new AlarmBudget(1, BudgetScope.EACH_ENTITY, Duration.ofDays(1));

    private DemoDetector() {}

    /**
     * The detector.
     *
     * @param features of the workload
     * @param options of the demonstration
     * @param liveSpan the event time of the live part
     */
    static DetectorConfig config(List<String> features, DemoOptions options, Duration liveSpan) {
        Duration activation = Duration.ofMillis((long) ((double) liveSpan.toMillis()
                * ACTIVATION.toMillis()
                / options.length().toMillis()));
        Duration longest = liveSpan.dividedBy(ACTIVATION_SHARE);
        return DetectorConfig.withDefaults(NAME, new FeatureSchema(features))
                .with(Options.PARALLELISM, options.parallelism())
                .with(Options.CHECKPOINTS_INTERVAL, CHECKPOINTS)
                .with(Options.RETRAINING_INTERVAL, options.length())
                .with(Options.RETRAINING_HISTORY, Duration.ofDays(3650))
                .with(Options.RETRAINING_ACTIVATION_DELAY, activation.compareTo(longest) < 0 ? activation : longest)
                .with(
                        Options.MODEL_CODE_SIZE,
                        Math.min(LARGEST_CODE, Math.max(1, features.size() / FEATURES_PER_CAUSE)))
                .with(Options.RETRAINING_MAX_ROWS, 200_000)
                .with(Options.RETRAINING_EPOCHS, 12)
                .with(Options.RETRAINING_BATCH_SIZE, 128)
                .with(Options.ALARMS_BUDGET, BUDGET)
                .with(Options.RETRAINING_SEED, options.seed());
    }
}
