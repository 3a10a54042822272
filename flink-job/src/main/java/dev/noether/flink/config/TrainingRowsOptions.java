package dev.noether.flink.config;

import dev.noether.model.feature.ScalingKind;
import dev.noether.model.training.WindowSymmetry;
import java.io.Serializable;
import java.time.Duration;

/**
 * The rows that a model is trained, validated and calibrated on.
 *
 * @param history length of the history in event time
 * @param minRows smallest number of rows; with fewer, no model is trained
 * @param maxRows largest number of rows; of more, a sample is used
 * @param maxLeftOut largest fraction of the rows that is left out because a model found it anomalous
 * @param validationFraction fraction at the end of the history for early stopping
 * @param calibrationFraction fraction at the end of the history for calibration, if the network uses its learned part
 * @param scaling how raw values are scaled
 * @param symmetry whether the network also trains on windows moved along a learned symmetry
 */
public record TrainingRowsOptions(
        Duration history,
        int minRows,
        int maxRows,
        double maxLeftOut,
        double validationFraction,
        double calibrationFraction,
        ScalingKind scaling,
        WindowSymmetry symmetry)
        implements Serializable {
    public TrainingRowsOptions {
        RetrainingSection.HISTORY.check(history);
        RetrainingSection.MIN_ROWS.check(minRows);
        RetrainingSection.MAX_ROWS.check(maxRows);
        RetrainingSection.MAX_LEFT_OUT.check(maxLeftOut);
        RetrainingSection.VALIDATION_FRACTION.check(validationFraction);
        RetrainingSection.CALIBRATION_FRACTION.check(calibrationFraction);
        RetrainingSection.SCALING.check(scaling);
        RetrainingSection.SYMMETRY.check(symmetry);
        if (minRows > maxRows) {
            throw new IllegalArgumentException("`retraining.minRows` must be at most `retraining.maxRows` (got "
                    + minRows + " and " + maxRows + ")");
        }
        if (!(validationFraction + calibrationFraction < 1)) {
            throw new IllegalArgumentException(
                    "`retraining.validationFraction` and `retraining.calibrationFraction` must leave rows to train on:"
                            + " together less than 1 (got " + validationFraction + " and " + calibrationFraction
                            + ")");
        }
    }

    static TrainingRowsOptions of(OptionValues values) {
        return new TrainingRowsOptions(
                values.get(RetrainingSection.HISTORY),
                values.get(RetrainingSection.MIN_ROWS),
                values.get(RetrainingSection.MAX_ROWS),
                values.get(RetrainingSection.MAX_LEFT_OUT),
                values.get(RetrainingSection.VALIDATION_FRACTION),
                values.get(RetrainingSection.CALIBRATION_FRACTION),
                values.get(RetrainingSection.SCALING),
                values.get(RetrainingSection.SYMMETRY));
    }
}
