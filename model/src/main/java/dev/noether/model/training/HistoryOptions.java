package dev.noether.model.training;

/**
 * The size of history that training requires, and how training splits it by event time.
 *
 * @param minRows smallest number of rows, at least 1
 * @param validationFraction fraction of the rows used for early stopping, in (0, 1)
 * @param calibrationFraction fraction of the rows, at the end, used to calibrate a network that uses its learned part,
 *     in (0, 1); a linear model is calibrated out of fold instead
 */
public record HistoryOptions(int minRows, double validationFraction, double calibrationFraction) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range or NaN
     */
    public HistoryOptions {
        if (minRows < 1) {
            throw new IllegalArgumentException("`minRows` must be at least 1 (got " + minRows + ")");
        }
        if (!(validationFraction > 0 && calibrationFraction > 0 && validationFraction + calibrationFraction < 1)) {
            throw new IllegalArgumentException(
                    "`validationFraction` and `calibrationFraction` must be above 0 and together below 1 (got "
                            + validationFraction + " and " + calibrationFraction + ")");
        }
    }
}
