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
 * @param shadow whether a new model scores in shadow first
 * @param probation event time for which the alarms of a new model are watched; zero for not at all
 */
public record RetrainingSchedule(
        Duration interval,
        Duration activationDelay,
        DriftPolicy drift,
        Duration driftPeriod,
        ShadowOptions shadow,
        Duration probation)
        implements Serializable {
    public RetrainingSchedule {
        RetrainingSection.INTERVAL.check(interval);
        RetrainingSection.ACTIVATION_DELAY.check(activationDelay);
        RetrainingSection.DRIFT.check(drift);
        RetrainingSection.DRIFT_PERIOD.check(driftPeriod);
        RetrainingSection.PROBATION.check(probation);
    }

    static RetrainingSchedule of(OptionValues values) {
        return new RetrainingSchedule(
                values.get(RetrainingSection.INTERVAL),
                values.get(RetrainingSection.ACTIVATION_DELAY),
                values.get(RetrainingSection.DRIFT),
                values.get(RetrainingSection.DRIFT_PERIOD),
                ShadowOptions.of(values),
                values.get(RetrainingSection.PROBATION));
    }
}
