package dev.noether.flink.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * When models are trained and take effect.
 *
 * @param interval time from one training to the next
 * @param activationDelay delay behind the newest observation, in event time, after which a new model takes effect
 */
public record RetrainingSchedule(Duration interval, Duration activationDelay) implements Serializable {
    public RetrainingSchedule {
        OptionRegistry.RETRAINING_INTERVAL.check(interval);
        OptionRegistry.RETRAINING_ACTIVATION_DELAY.check(activationDelay);
    }

    static RetrainingSchedule of(OptionValues values) {
        return new RetrainingSchedule(
                values.get(OptionRegistry.RETRAINING_INTERVAL), values.get(OptionRegistry.RETRAINING_ACTIVATION_DELAY));
    }
}
