package dev.noether.model.artifact;

import static java.util.Objects.requireNonNull;

import dev.noether.model.alarm.JointAlarm;
import dev.noether.model.alarm.TailCalibration;
import dev.noether.model.count.CountLaws;
import dev.noether.model.exceedance.ExceedanceLaw;
import dev.noether.model.repeat.RepeatLaw;
import java.time.Duration;

/**
 * The measurements of normal behaviour from which an alarm budget becomes thresholds.
 *
 * @param scores distribution of alarm scores on held-out rows
 * @param repeats how often values of a feature repeat in normal operation
 * @param counts laws of the features that are rare counts
 * @param exceedances how many features deviate at the same time; {@link ExceedanceLaw#NONE} for few features
 * @param views views that can raise the alarm score of a row
 * @param rowInterval median time from a row of an entity to its next, above zero
 */
public record AlarmCalibration(
        TailCalibration scores,
        RepeatLaw repeats,
        CountLaws counts,
        ExceedanceLaw exceedances,
        JointAlarm views,
        Duration rowInterval) {
    /**
     * Checks the interval.
     *
     * @throws IllegalArgumentException if it is not above zero
     */
    public AlarmCalibration {
        requireNonNull(scores, "scores");
        requireNonNull(repeats, "repeats");
        requireNonNull(counts, "counts");
        requireNonNull(exceedances, "exceedances");
        requireNonNull(views, "views");
        if (rowInterval.isZero() || rowInterval.isNegative()) {
            throw new IllegalArgumentException("`rowInterval` must be above zero (got " + rowInterval + ")");
        }
    }

    /** Makes the measurements of a model without rare counts and without further views. */
    public AlarmCalibration(TailCalibration scores, RepeatLaw repeats, Duration rowInterval) {
        this(scores, repeats, CountLaws.NONE, ExceedanceLaw.NONE, JointAlarm.NONE, rowInterval);
    }

    /** The same measurements with another distribution of alarm scores, and other views. */
    AlarmCalibration with(TailCalibration otherScores, JointAlarm otherViews) {
        return new AlarmCalibration(otherScores, repeats, counts, exceedances, otherViews, rowInterval);
    }

    /** The same measurements with another law of repetitions. */
    AlarmCalibration with(RepeatLaw otherRepeats) {
        return new AlarmCalibration(scores, otherRepeats, counts, exceedances, views, rowInterval);
    }

    /** The same measurements with other rare counts. */
    AlarmCalibration with(CountLaws otherCounts) {
        return new AlarmCalibration(scores, repeats, otherCounts, exceedances, views, rowInterval);
    }

    /** The same measurements with another law of the number of deviating features. */
    AlarmCalibration with(ExceedanceLaw otherExceedances) {
        return new AlarmCalibration(scores, repeats, counts, otherExceedances, views, rowInterval);
    }
}
