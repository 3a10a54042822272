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
 * @param validationFraction fraction at the end of the history for early stopping
 * @param calibrationFraction fraction at the end of the history for calibration, if the network uses its learned part
 * @param scaling how raw values are scaled
 * @param symmetry whether the network also trains on windows moved along a learned symmetry
 */
public record TrainingRowsOptions(
        Duration history,
        int minRows,
        int maxRows,
        double validationFraction,
        double calibrationFraction,
        ScalingKind scaling,
        WindowSymmetry symmetry)
        implements Serializable {
    public TrainingRowsOptions {
        Options.RETRAINING_HISTORY.check(history);
        Options.RETRAINING_MIN_ROWS.check(minRows);
        Options.RETRAINING_MAX_ROWS.check(maxRows);
        Options.RETRAINING_VALIDATION_FRACTION.check(validationFraction);
        Options.RETRAINING_CALIBRATION_FRACTION.check(calibrationFraction);
        Options.RETRAINING_SCALING.check(scaling);
        Options.RETRAINING_SYMMETRY.check(symmetry);
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
                values.get(Options.RETRAINING_HISTORY),
                values.get(Options.RETRAINING_MIN_ROWS),
                values.get(Options.RETRAINING_MAX_ROWS),
                values.get(Options.RETRAINING_VALIDATION_FRACTION),
                values.get(Options.RETRAINING_CALIBRATION_FRACTION),
                values.get(Options.RETRAINING_SCALING),
                values.get(Options.RETRAINING_SYMMETRY));
    }
}
