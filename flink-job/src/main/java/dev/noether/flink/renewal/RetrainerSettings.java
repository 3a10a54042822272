package dev.noether.flink.renewal;

import dev.noether.flink.config.DetectorConfig;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a retrainer works.
 *
 * @param trainers makes the trainer of a detector
 * @param duties makes what the leader of a detector watches, each time that this process begins to lead
 * @param firstAfter time from the start to the first training of a detector that has no model
 * @param interval time from one training to the next; null means each detector's {@code retraining.interval}
 * @param retry longest time until a failed training is tried again
 * @param listener learns what happens
 */
public record RetrainerSettings(
        Function<DetectorConfig, ModelTrainer> trainers,
        Function<DetectorConfig, List<LeaderDuty>> duties,
        Duration firstAfter,
        @Nullable Duration interval,
        Duration retry,
        RetrainerListener listener) {
    private static final Duration RETRY = Duration.ofMinutes(1);

    /** Makes the settings of a retrainer that watches nothing and trains at each detector's interval. */
    public RetrainerSettings(Function<DetectorConfig, ModelTrainer> trainers, RetrainerListener listener) {
        this(trainers, config -> List.of(), Duration.ZERO, null, RETRY, listener);
    }

    /** Returns the settings with what the leaders watch. */
    public RetrainerSettings withDuties(Function<DetectorConfig, List<LeaderDuty>> others) {
        return new RetrainerSettings(trainers, others, firstAfter, interval, retry, listener);
    }

    /** Returns the settings with another time to the first training. */
    public RetrainerSettings withFirstAfter(Duration other) {
        return new RetrainerSettings(trainers, duties, other, interval, retry, listener);
    }

    /** Returns the settings with another interval; null means that of each detector. */
    public RetrainerSettings withInterval(@Nullable Duration other) {
        return new RetrainerSettings(trainers, duties, firstAfter, other, retry, listener);
    }

    /** Returns the settings with another pause after a failed training. */
    RetrainerSettings withRetry(Duration other) {
        return new RetrainerSettings(trainers, duties, firstAfter, interval, other, listener);
    }

    /** Time from one training of a detector to the next. */
    public Duration intervalOf(DetectorConfig config) {
        return interval == null ? config.retraining().schedule().interval() : interval;
    }
}
