package dev.noether.model.training;

import static java.util.Objects.requireNonNull;

import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.feature.ScalingKind;

/**
 * Settings for training a detector's model.
 *
 * @param network form of the network
 * @param forecastRows rows that the forecast reads, at least 0; 0: the model has no forecast
 * @param scaling estimator of the scaling of raw values
 * @param training settings for training the network
 * @param history required size and split of the history
 * @param symmetry whether training searches for a symmetry of the windows
 * @param rule combines the views into a score; training replaces its memory ceiling
 * @param counters which features are counters
 */
public record DetectorOptions(
        NetworkOptions network,
        int forecastRows,
        ScalingKind scaling,
        TrainingOptions training,
        HistoryOptions history,
        WindowSymmetry symmetry,
        ScoreRule rule,
        CounterChoice counters) {
    /** The default of {@link #forecastRows}; on SMD, ASD and SKAB, values from 3 to 10 differ within noise. */
    public static final int DEFAULT_FORECAST_ROWS = 5;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public DetectorOptions {
        requireNonNull(network, "network");
        if (forecastRows < 0) {
            throw new IllegalArgumentException("`forecastRows` must be at least 0 (got " + forecastRows + ")");
        }
        requireNonNull(training, "training");
        requireNonNull(history, "history");
        requireNonNull(symmetry, "symmetry");
        requireNonNull(rule, "rule");
        requireNonNull(counters, "counters");
    }

    /** Makes settings without counters. */
    public DetectorOptions(
            NetworkOptions network,
            int forecastRows,
            ScalingKind scaling,
            TrainingOptions training,
            HistoryOptions history,
            WindowSymmetry symmetry,
            ScoreRule rule) {
        this(network, forecastRows, scaling, training, history, symmetry, rule, CounterChoice.NONE);
    }

    /** The same settings with another choice of counters. */
    public DetectorOptions with(CounterChoice other) {
        return new DetectorOptions(network, forecastRows, scaling, training, history, symmetry, rule, other);
    }

    /** The same settings with other settings for training the network. */
    public DetectorOptions with(TrainingOptions other) {
        return new DetectorOptions(network, forecastRows, scaling, other, history, symmetry, rule, counters);
    }

    /** Rows of an entity that must exist before its newest row can be judged, that row included. */
    public int contextRows() {
        return forecastRows == 0 ? network.windowRows() : Math.max(network.windowRows(), forecastRows + 1);
    }

    /**
     * Rows of one entity without a gap that a training needs: each fold of the history needs a window of rows outside
     * it, and a gap of one window before it.
     */
    public int leastRows() {
        return CrossFit.FOLDS * contextRows();
    }

    /** All settings in one flat list. A model's provenance contains this text, so its form must not change. */
    @Override
    public String toString() {
        return "DetectorOptions[windowRows=" + network.windowRows()
                + ", forecastRows=" + forecastRows
                + ", codeSize=" + network.codeSize()
                + ", hiddenWidths=" + network.hiddenWidths()
                + ", architecture=" + network.architecture()
                + ", scaling=" + scaling
                + ", training=" + training
                + ", minRows=" + history.minRows()
                + ", validationFraction=" + history.validationFraction()
                + ", calibrationFraction=" + history.calibrationFraction()
                + ", symmetry=" + symmetry
                + ", rule=" + rule + "]";
    }
}
