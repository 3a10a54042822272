package dev.noether.model.training;

import dev.noether.model.series.SeriesSet;
import dev.noether.model.symmetry.learned.PrincipalComponentsLoss;
import dev.noether.model.symmetry.learned.SelectionOptions;
import dev.noether.model.symmetry.learned.SymmetryFamily;
import dev.noether.model.symmetry.learned.SymmetryReport;
import dev.noether.model.symmetry.learned.SymmetrySelection;

/** Whether a network also trains on windows moved along a symmetry that was learned from normal windows. */
public enum WindowSymmetry {
    /** No symmetry: the windows are used unchanged. */
    NONE {
        @Override
        Chosen choose(float[] windows, int count, int width, int codeSize, long seed) {
            return new Chosen(windows, count, "none");
        }
    },
    /**
     * A learned rotation, if five-fold validation with principal components on normal windows finds one whose gain is
     * above one percent and above its standard error; otherwise the windows unchanged. Motions along a time axis are
     * not tried, because neighbouring values of a window belong to different features.
     */
    VALIDATED {
        @Override
        Chosen choose(float[] windows, int count, int width, int codeSize, long seed) {
            SelectionOptions defaults = SelectionOptions.of(SymmetryFamily.LEARNED_ROTATION);
            if (count < Math.max(4, defaults.folds()) || width < 2) {
                return new Chosen(windows, count, "none: too little to choose by");
            }
            SelectionOptions options = new SelectionOptions(
                    defaults.families(), defaults.smoothings(), defaults.strengths(), defaults.folds(), seed);
            SymmetrySelection selection =
                    new SymmetrySelection(options, new PrincipalComponentsLoss(Math.min(codeSize, width)));
            SeriesSet all = SeriesSet.of(windows, count, width);
            SymmetryReport report = selection.select(sample(all));
            if (report.flow().isEmpty()
                    || !(report.noneError() - leastError(report) > LEAST_GAIN * report.noneError())) {
                return new Chosen(windows, count, "none");
            }
            SeriesSet moved = selection.augmented(report, all);
            return new Chosen(
                    moved.values(),
                    moved.count(),
                    "learned rotation, strength "
                            + report.chosen().orElseThrow().strength());
        }
    };

    /** Smallest relative gain that justifies training on twice as many windows. */
    private static final double LEAST_GAIN = 0.01;

    /** Largest number of windows for the choice; the search for near neighbours compares every pair. */
    private static final int MOST_WINDOWS = 1_000;

    /**
     * The windows to train on.
     *
     * @param windows row-major {@code [count, width]}
     * @param count number of windows
     * @param words description of the symmetry, for the provenance
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Chosen(float[] windows, int count, String words) {}

    /**
     * Chooses a symmetry and applies it.
     *
     * @param windows normal training windows, row-major {@code [count, width]}, may be longer; only read
     * @param codeSize units of the network's code
     * @param seed seed of the validation folds
     */
    abstract Chosen choose(float[] windows, int count, int width, int codeSize, long seed);

    private static double leastError(SymmetryReport report) {
        return report.trials().stream()
                .mapToDouble(SymmetryReport.Trial::error)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static SeriesSet sample(SeriesSet all) {
        int count = Math.min(MOST_WINDOWS, all.count());
        int[] rows = new int[count];
        for (int index = 0; index < count; index++) {
            rows[index] = (int) ((long) index * all.count() / count);
        }
        return all.select(rows);
    }
}
