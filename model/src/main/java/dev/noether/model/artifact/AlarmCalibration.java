package dev.noether.model.artifact;

import static java.util.Objects.requireNonNull;

import dev.noether.model.alarm.TailCalibration;
import dev.noether.model.repeat.RepeatLaw;
import java.time.Duration;

/**
 * The measurements of normal behaviour from which an alarm budget becomes thresholds.
 *
 * @param scores distribution of alarm scores on held-out rows
 * @param repeats how often values of a feature repeat in normal operation
 * @param rowInterval median time from a row of an entity to its next, above zero
 */
public record AlarmCalibration(TailCalibration scores, RepeatLaw repeats, Duration rowInterval) {
    /**
     * Checks the interval.
     *
     * @throws IllegalArgumentException if it is not above zero
     */
    public AlarmCalibration {
        requireNonNull(scores, "scores");
        requireNonNull(repeats, "repeats");
        if (rowInterval.isZero() || rowInterval.isNegative()) {
            throw new IllegalArgumentException("`rowInterval` must be above zero (got " + rowInterval + ")");
        }
    }
}
