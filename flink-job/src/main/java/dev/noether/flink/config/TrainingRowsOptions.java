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
        OptionRegistry.RETRAINING_HISTORY.check(history);
        OptionRegistry.RETRAINING_MIN_ROWS.check(minRows);
        OptionRegistry.RETRAINING_MAX_ROWS.check(maxRows);
        OptionRegistry.RETRAINING_MAX_LEFT_OUT.check(maxLeftOut);
        OptionRegistry.RETRAINING_VALIDATION_FRACTION.check(validationFraction);
        OptionRegistry.RETRAINING_CALIBRATION_FRACTION.check(calibrationFraction);
        OptionRegistry.RETRAINING_SCALING.check(scaling);
        OptionRegistry.RETRAINING_SYMMETRY.check(symmetry);
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
                values.get(OptionRegistry.RETRAINING_HISTORY),
                values.get(OptionRegistry.RETRAINING_MIN_ROWS),
                values.get(OptionRegistry.RETRAINING_MAX_ROWS),
                values.get(OptionRegistry.RETRAINING_MAX_LEFT_OUT),
                values.get(OptionRegistry.RETRAINING_VALIDATION_FRACTION),
                values.get(OptionRegistry.RETRAINING_CALIBRATION_FRACTION),
                values.get(OptionRegistry.RETRAINING_SCALING),
                values.get(OptionRegistry.RETRAINING_SYMMETRY));
    }
}
