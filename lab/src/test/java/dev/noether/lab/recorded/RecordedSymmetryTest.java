package dev.noether.lab.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.lab.data.UcrFile;
import dev.noether.model.series.SeriesSet;
import dev.noether.model.symmetry.learned.OrbitAugmentation;
import dev.noether.model.symmetry.learned.PrincipalComponentsLoss;
import dev.noether.model.symmetry.learned.SelectionOptions;
import dev.noether.model.symmetry.learned.ShiftFlow;
import dev.noether.model.symmetry.learned.SymmetryFamily;
import dev.noether.model.symmetry.learned.SymmetryFlow;
import dev.noether.model.symmetry.learned.SymmetryReport;
import dev.noether.model.symmetry.learned.SymmetrySelection;
import dev.noether.model.symmetry.learned.WarpFlow;
import dev.noether.testing.RealData;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Sets of the UCR archive, PCA with ten components, mean squared test error × 100, at most 800 test rows. The bounds
 * leave a few per cent above what was measured; every figure is printed.
 */
final class RecordedSymmetryTest {
    private static final PrincipalComponentsLoss JUDGE = new PrincipalComponentsLoss(10);
    private static final int MOST_TEST_ROWS = 800;

    @Test
    void learnedWarpsDoOnCbfWhatAPrescriptionDoes() {
        Figures figures = measure("CBF", SelectionOptions.defaults());
        assertThat(figures.none()).isBetween(27.0, 29.0);
        assertThat(figures.learned()).isLessThan(23.5);
    }

    @Test
    void learnedWarpsDoBetterOnFaceFour() {
        Figures figures = measure("FaceFour", SelectionOptions.defaults());
        assertThat(figures.none()).isBetween(30.0, 31.5);
        assertThat(figures.learned()).isLessThan(26).isLessThan(figures.shift());
    }

    @Test
    void learnedWarpsDoOnTraceNearlyWhatAPrescriptionDoes() {
        Figures figures = measure("Trace", SelectionOptions.defaults());
        assertThat(figures.shift()).isBetween(2.9, 3.2);
        assertThat(figures.learned()).isLessThan(3.35);
    }

    @Test
    void noneIsChosenOnEcg5000WhereShiftsHurt() {
        Figures figures = measure("ECG5000", few());
        assertThat(figures.shift()).isGreaterThan(figures.none());
        assertThat(figures.learned()).isLessThanOrEqualTo(figures.none());
    }

    @Test
    void theChoiceDoesNoHarmOnHapticsWhereShiftsHurt() {
        Figures figures = measure("Haptics", few());
        assertThat(figures.shift()).isGreaterThan(figures.none());
        assertThat(figures.learned()).isLessThanOrEqualTo(figures.none());
    }

    /** Fewer candidates and folds, for the larger sets. */
    private static SelectionOptions few() {
        return new SelectionOptions(List.of(SymmetryFamily.LEARNED_WARP), List.of(0.0, 2.0), List.of(0.7, 1.5), 3, 1);
    }

    private static Figures measure(String name, SelectionOptions options) {
        SeriesSet training = UcrFile.read(RealData.require("ucr").resolve(name + "_TRAIN.tsv.gz"))
                .series();
        SeriesSet test = head(UcrFile.read(RealData.require("ucr").resolve(name + "_TEST.tsv.gz"))
                .series());
        SymmetrySelection selection = new SymmetrySelection(options, JUDGE);
        SymmetryReport report = selection.select(training);
        Figures figures = new Figures(
                100 * JUDGE.of(training, test),
                augmented(ShiftFlow.prescribed(), training, test),
                augmented(WarpFlow.prescribed(training.length()), training, test),
                100 * JUDGE.of(selection.augmented(report, training), test));
        System.out.printf("%s: %s, chosen %s%n", name, figures, report.chosen());
        return figures;
    }

    private static double augmented(SymmetryFlow flow, SeriesSet training, SeriesSet test) {
        return 100 * JUDGE.of(new OrbitAugmentation(flow, 1).augment(training), test);
    }

    private static SeriesSet head(SeriesSet series) {
        return series.select(
                IntStream.range(0, Math.min(MOST_TEST_ROWS, series.count())).toArray());
    }

    private record Figures(double none, double shift, double warp, double learned) {}
}
