package dev.noether.model.training;

import dev.noether.model.feature.ScalingKind;
import java.util.List;

/**
 * How a detector's model is made of a history.
 *
 * @param windowRows rows of a window, at least 1
 * @param codeSize units of the bottleneck, at least 1; fewer where a window has fewer values
 * @param hiddenWidths widths of the hidden layers from the input to the bottleneck, mirrored behind it; empty: derived
 * @param architecture what the network is before its training
 * @param scaling of the raw values
 * @param training of the network
 * @param minRows fewer rows are refused
 * @param validationFraction part of the history, in time, that early stopping looks at, in (0, 1)
 * @param calibrationFraction part of the history, its end, that the threshold is taken from, in (0, 1)
 * @param quantile of the held-out normal scores where the threshold lies, in (0, 1)
 * @param adaptationRate how much one row teaches the baseline of its entity, in (0, 1)
 */
public record DetectorOptions(
        int windowRows,
        int codeSize,
        List<Integer> hiddenWidths,
        Architecture architecture,
        ScalingKind scaling,
        TrainingOptions training,
        int minRows,
        double validationFraction,
        double calibrationFraction,
        double quantile,
        float adaptationRate) {
    /** The rate that was measured to be best over SMD, ASD and SKAB: slow enough not to learn an incident away. */
    public static final float DEFAULT_ADAPTATION_RATE = 1f / 5000;

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
        if (!(quantile > 0 && quantile < 1)) {
            throw new IllegalArgumentException("`quantile` must be in (0, 1) (got " + quantile + ")");
        }
        if (!(adaptationRate > 0 && adaptationRate < 1)) {
            throw new IllegalArgumentException("`adaptationRate` must be in (0, 1) (got " + adaptationRate + ")");
        }
    }
}
