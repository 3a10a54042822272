package dev.noether.model.training;

import dev.noether.model.series.SeriesSet;
import dev.noether.model.symmetry.learned.PrincipalComponentsError;
import dev.noether.model.symmetry.learned.SelectionOptions;
import dev.noether.model.symmetry.learned.SymmetryFamily;
import dev.noether.model.symmetry.learned.SymmetryReport;
import dev.noether.model.symmetry.learned.SymmetrySelection;

/** Whether the network of a stream also trains on windows that are moved along a symmetry learned from normal ones. */
public enum WindowSymmetry {
    /** On the windows as they are. */
    NONE {
        @Override
        Chosen choose(float[] windows, int count, int width, int codeSize, long seed) {
            return new Chosen(windows, count, "none");
        }
    },
    /**
     * Along a learned rotation, if five-fold validation by principal components on normal windows finds one that helps by a hundredth
     * and beyond the standard error of its gain; else on the windows as they are. Neighbouring values of a window are those of different features,
     * so that motions along the time axis of a series have no meaning here.
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
                    new SymmetrySelection(options, new PrincipalComponentsError(Math.min(codeSize, width)));
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

    /** A gain below this part of the error is not worth twice the windows. */
    private static final double LEAST_GAIN = 0.01;

    /** A symmetry is chosen on so many windows at most: near neighbours are found by comparing each with each. */
    private static final int MOST = 1_000;

    /**
     * What to train on.
     *
     * @param windows row-major {@code [count, width]}
     * @param words what was chosen
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Chosen(float[] windows, int count, String words) {}

    /**
     * Chooses.
     *
     * @param windows normal training windows, row-major {@code [count, width]}, may be longer; only read
     * @param codeSize units of the network's code
     */
    abstract Chosen choose(float[] windows, int count, int width, int codeSize, long seed);

    private static double leastError(SymmetryReport report) {
        return report.trials().stream()
                .mapToDouble(SymmetryReport.Trial::error)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static SeriesSet sample(SeriesSet all) {
        int count = Math.min(MOST, all.count());
        int[] rows = new int[count];
        for (int index = 0; index < count; index++) {
            rows[index] = (int) ((long) index * all.count() / count);
        }
        return all.select(rows);
    }
}
