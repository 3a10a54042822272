package dev.noether.model.training;

import static java.util.Objects.requireNonNull;

import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.feature.ScalingKind;
import java.util.List;

/**
 * How a detector's model is made of a history.
 *
 * @param windowRows rows of a window that is reconstructed, at least 1
 * @param forecastRows rows that the forecast looks back, at least 0; 0: the model has no such view
 * @param codeSize units of the bottleneck, at least 1; fewer where a window has fewer values
 * @param hiddenWidths widths of the hidden layers from the input to the bottleneck, mirrored behind it; empty: derived
 * @param architecture what the network is before its training
 * @param scaling of the raw values
 * @param training of the network
 * @param minRows fewer rows are refused
 * @param validationFraction part of the history, in time, that early stopping looks at, in (0, 1)
 * @param calibrationFraction part of the history, its end, that a network is calibrated on that uses what it
 *     learned, in (0, 1); what is linear is judged out of fold
 * @param symmetry whether a symmetry of the windows is looked for
 * @param rule how the views become a score; its ceiling is not looked at, as training measures it
 */
public record DetectorOptions(
        int windowRows,
        int forecastRows,
        int codeSize,
        List<Integer> hiddenWidths,
        Architecture architecture,
        ScalingKind scaling,
        TrainingOptions training,
        int minRows,
        double validationFraction,
        double calibrationFraction,
        WindowSymmetry symmetry,
        ScoreRule rule) {
    /** The look back that was measured over SMD, ASD and SKAB; 3 to 10 rows are within the noise. */
    public static final int DEFAULT_FORECAST_ROWS = 5;

    /** Options without a symmetry. */
    public DetectorOptions(
            int windowRows,
            int forecastRows,
            int codeSize,
            List<Integer> hiddenWidths,
            Architecture architecture,
            ScalingKind scaling,
            TrainingOptions training,
            int minRows,
            double validationFraction,
            double calibrationFraction,
            ScoreRule rule) {
        this(
                windowRows,
                forecastRows,
                codeSize,
                hiddenWidths,
                architecture,
                scaling,
                training,
                minRows,
                validationFraction,
                calibrationFraction,
                WindowSymmetry.NONE,
                rule);
    }

    public DetectorOptions {
        hiddenWidths = List.copyOf(hiddenWidths);
        if (windowRows < 1 || codeSize < 1 || minRows < 1) {
            throw new IllegalArgumentException("`windowRows`, `codeSize` and `minRows` must be at least 1 (got "
                    + windowRows + ", " + codeSize + " and " + minRows + ")");
        }
        if (!(validationFraction > 0 && calibrationFraction > 0 && validationFraction + calibrationFraction < 1)) {
            throw new IllegalArgumentException(
                    "`validationFraction` and `calibrationFraction` must be above 0 and together" + " below 1 (got "
                            + validationFraction + " and " + calibrationFraction + ")");
        }
        if (forecastRows < 0) {
            throw new IllegalArgumentException("`forecastRows` must be at least 0 (got " + forecastRows + ")");
        }
        requireNonNull(symmetry, "symmetry");
        requireNonNull(rule, "rule");
    }

    /** Rows of an entity, the judged one among them, that have to be there before it can be judged. */
    public int contextRows() {
        return forecastRows == 0 ? windowRows : Math.max(windowRows, forecastRows + 1);
    }
}
