package dev.noether.model.training;

import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.feature.Scaling;
import dev.noether.model.training.HistorySplit.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Judges each row of a history by linear parts that were fitted to other rows, so that all of it can be fitted to in the end
 * and all of it be held out.
 *
 * <p>The history is cut into folds by time, and each is judged by a fit to what came before it, as it would have been live
 * (evaluation on a rolling origin: Tashman 2000); the first one, which has nothing before it, by a fit to what came behind.
 * Residuals of rows that took part in a fit are too small, and the shorter the history the more so: scales and alarms made of
 * them promise too much. Between a fold and what it is judged by lie as many rows as a window has: neighbours are much alike. Calibration by such residuals for a fit to everything is the CV+ of Barber et al., "Predictive
 * inference with the jackknife+" (2021).
 */
final class CrossFit {
    /** Four to eight folds are within the noise. */
    static final int FOLDS = 5;

    /** Alarms are calibrated from this fold on; the ones before say what is usual by then. */
    static final int CALIBRATED_FROM = 2;

    /** With fewer windows before a fold a fit to those behind it says more. */
    private static final int FEWEST_WINDOWS = 50;

    private static final Part NO_WINDOWS = new Part(new float[0], new int[0], 0);

    private CrossFit() {}

    /**
     * Fits.
     *
     * @param windowRows rows of the windows that are fitted to
     * @param fit makes a model of at least one window
     * @throws HistoryTooShortException if a fold finds no window outside
     */
    static List<Fold> of(HistorySplit split, Scaling scaling, int windowRows, Function<Part, ModelArtifact> fit) {
        List<Fold> folds = new ArrayList<>();
        long gap = split.interval().multipliedBy(windowRows).toMillis();
        for (int k = 0; k < FOLDS; k++) {
            long from = k == 0 ? Long.MIN_VALUE : split.instant(k, FOLDS);
            long to = k == FOLDS - 1 ? Long.MAX_VALUE : split.instant(k + 1, FOLDS);
            Part windows = k == 0 ? NO_WINDOWS : split.between(scaling, windowRows, Long.MIN_VALUE, from - gap);
            if (windows.count() < FEWEST_WINDOWS && to < Long.MAX_VALUE) {
                Part behind = split.behind(scaling, windowRows, to + gap);
                windows = behind.count() > windows.count() ? behind : windows;
            }
            if (windows.count() == 0) {
                throw new HistoryTooShortException("the history gives no window of " + windowRows
                        + " rows outside of a fifth of it, to judge that fifth by");
            }
            folds.add(new Fold(from, to, fit.apply(windows)));
        }
        return folds;
    }
}
