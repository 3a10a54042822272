package dev.noether.flink.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * When models are trained, take effect, and are watched.
 *
 * @param interval time from one training to the next
 * @param activationDelay delay behind the newest observation, in event time, after which a new model takes effect
 * @param drift what the retrainer does when normal behaviour has changed
 * @param driftPeriod time for which a change must last, in event time
 * @param probation event time for which the alarms of a new model are watched; zero for not at all
 */
public record RetrainingSchedule(
        Duration interval, Duration activationDelay, DriftPolicy drift, Duration driftPeriod, Duration probation)
        implements Serializable {
    public RetrainingSchedule {
        OptionRegistry.RETRAINING_INTERVAL.check(interval);
        OptionRegistry.RETRAINING_ACTIVATION_DELAY.check(activationDelay);
        OptionRegistry.RETRAINING_DRIFT.check(drift);
        OptionRegistry.RETRAINING_DRIFT_PERIOD.check(driftPeriod);
        OptionRegistry.RETRAINING_PROBATION.check(probation);
    }

    static RetrainingSchedule of(OptionValues values) {
        return new RetrainingSchedule(
                values.get(OptionRegistry.RETRAINING_INTERVAL),
                values.get(OptionRegistry.RETRAINING_ACTIVATION_DELAY),
                values.get(OptionRegistry.RETRAINING_DRIFT),
                values.get(OptionRegistry.RETRAINING_DRIFT_PERIOD),
                values.get(OptionRegistry.RETRAINING_PROBATION));
    }
}
