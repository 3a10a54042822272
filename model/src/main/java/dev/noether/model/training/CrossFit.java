package dev.noether.model.training;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.feature.Scaling;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Fits a linear model for each fold of a history to rows outside that fold. The final model can then be fitted to the
 * whole history, while every row still has residuals from a model that was not fitted to it.
 *
 * <p>Folds are ranges of event time. Each is judged by a model of the rows before it, as in live scoring
 * (rolling-origin evaluation: Tashman 2000). The first fold has no rows before it, so its model is fitted to the rows
 * after it. Between a fold and the rows of its model there is a gap of one window, because neighbouring rows are
 * similar.
 *
 * <p>Residuals of rows that took part in a fit are too small, most of all on short histories; scales and thresholds
 * derived from them would be too low. Calibrating a fit to all rows by out-of-fold residuals is the CV+ of Barber et
 * al., "Predictive inference with the jackknife+" (2021).
 */
final class CrossFit {
    /** Results with four to eight folds differ within noise. */
    static final int FOLDS = 5;

    /** Alarms are calibrated on the folds from this index on, with baselines over the folds before it. */
    static final int CALIBRATED_FROM = 2;

    /** With fewer windows than this before a fold, its model may use the windows after it instead. */
    private static final int FEWEST_WINDOWS = 50;

    private CrossFit() {}

    /**
     * Fits one model for each fold.
     *
     * @param windowRows rows of the windows that the models are fitted to
     * @param fit fits a model to at least one window
     * @return the folds in order of time, without gaps
     * @throws HistoryPartEmptyException if there is no window outside a fold
     */
    static List<Fold> of(HistorySplit split, Scaling scaling, int windowRows, Function<WindowSet, ModelArtifact> fit) {
        List<Fold> folds = new ArrayList<>();
        long gap = split.interval().multipliedBy(windowRows).toMillis();
        for (int k = 0; k < FOLDS; k++) {
            long from = k == 0 ? Long.MIN_VALUE : split.instant(k, FOLDS);
            long to = k == FOLDS - 1 ? Long.MAX_VALUE : split.instant(k + 1, FOLDS);
            WindowSet windows =
                    k == 0 ? WindowSet.EMPTY : split.between(scaling, windowRows, Long.MIN_VALUE, from - gap);
            if (windows.count() < FEWEST_WINDOWS && to < Long.MAX_VALUE) {
                WindowSet after = split.whollyAfter(scaling, windowRows, to + gap);
                windows = after.count() > windows.count() ? after : windows;
            }
            if (windows.count() == 0) {
                throw new HistoryPartEmptyException("fold " + (k + 1) + " of " + FOLDS
                        + " cannot be cross-fitted: the history has no window of " + windowRows + " rows outside it");
            }
            folds.add(new Fold(from, to, fit.apply(windows)));
        }
        return folds;
    }
}
