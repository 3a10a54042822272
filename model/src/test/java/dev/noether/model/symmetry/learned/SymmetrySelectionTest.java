package dev.noether.model.symmetry.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.model.numeric.PrincipalComponents;
import dev.noether.model.series.SeriesSet;
import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class SymmetrySelectionTest extends RandomizedTest {
    private static final int LENGTH = 80;

    @Test
    void choosesAShiftThatTheDataHas() {
        SeriesSet training = shifted(new SplittableRandom(1), 40);
        SeriesSet test = shifted(new SplittableRandom(1), 200);
        PrincipalComponentsLoss judge = new PrincipalComponentsLoss(6);
        SymmetrySelection selection = new SymmetrySelection(SelectionOptions.defaults(), judge);
        SymmetryReport report = selection.select(training);
        assertThat(report.chosen()).isPresent();
        assertThat(judge.of(selection.augmented(report, training), test)).isLessThan(judge.of(training, test));
        assertThat(report.trials())
                .hasSize(9)
                .allSatisfy(trial -> assertThat(trial.errors()).hasSize(5));
    }

    @Test
    void choosesNoneIfCopiesIncreaseTheError() {
        SeriesSet noise = SeriesSet.of(normals(new SplittableRandom(3), 100 * 30), 100, 30);
        ValidationLoss count = (training, validation) -> training.count();
        SymmetryReport report = new SymmetrySelection(SelectionOptions.defaults(), count).select(noise);
        assertThat(report.chosen()).isEmpty();
        assertThat(report.flow()).isEmpty();
        SymmetrySelection selection = new SymmetrySelection(SelectionOptions.defaults(), count);
        assertThat(selection.augmented(report, noise)).isSameAs(noise);
    }

    @Test
    void choosesNoneIfTheGainIsWithinItsStandardError() {
        SeriesSet series = SeriesSet.of(normals(random(), 40 * 30), 40, 30);
        List<Double> luck = new ArrayList<>(List.of(1.0, 1.0, 1.0, 1.0, 1.0));
        // The loss falls much in one fold and rises a little in four.
        ValidationLoss judge = (training, validation) ->
                training.count() == 32 ? 1 : luck.remove(0) == 1.0 && luck.isEmpty() ? 0.5 : 1.05;
        SelectionOptions one =
                new SelectionOptions(List.of(SymmetryFamily.PRESCRIBED_SHIFT), List.of(0.0), List.of(1.0), 5, 1);
        SymmetryReport report = new SymmetrySelection(one, judge).select(series);
        assertThat(report.trials().get(0).error()).isLessThan(report.noneError());
        assertThat(report.chosen()).isEmpty();
    }

    @Test
    void choosesNoneIfTheLossDiverges() {
        SeriesSet series = SeriesSet.of(normals(random(), 40 * 30), 40, 30);
        SymmetryReport report = new SymmetrySelection(
                        SelectionOptions.of(SymmetryFamily.PRESCRIBED_WARP),
                        (training, validation) -> training.count() == 32 ? 1 : Double.NaN)
                .select(series);
        assertThat(report.chosen()).isEmpty();
    }

    @Test
    void everyFamilyCanBeTried() {
        SeriesSet series = shifted(new SplittableRandom(5), 20);
        SelectionOptions all =
                new SelectionOptions(List.of(SymmetryFamily.values()), List.of(0.0, 2.0), List.of(1.0), 2, 1);
        SymmetryReport report = new SymmetrySelection(all, new PrincipalComponentsLoss(4)).select(series);
        // Two families use the smoothing.
        assertThat(report.trials()).hasSize(SymmetryFamily.values().length + 2);
        assertThat(report.trials())
                .allSatisfy(trial -> assertThat(trial.error()).isFinite());
        assertThat(new SymmetrySelection(all, new PrincipalComponentsLoss(4))
                        .select(series)
                        .trials())
                .isEqualTo(report.trials());
    }

    @Test
    void theFastLossAgreesWithTheFullDecomposition() {
        SeriesSet training = shifted(random(), 150);
        SeriesSet validation = shifted(random(), 50);
        PrincipalComponents exact = PrincipalComponents.fit(training.values(), 150, LENGTH, 5);
        double sum = 0;
        for (int row = 0; row < 50; row++) {
            sum += exact.reconstructionError(validation.values(), row * LENGTH);
        }
        assertThat(new PrincipalComponentsLoss(5).of(training, validation))
                .isCloseTo(sum / 50, Percentage.withPercentage(1));
    }

    @Test
    void fewerRowsThanComponentsAreReconstructedFromTheirSpan() {
        SeriesSet three = SeriesSet.of(normals(random(), 3 * 20), 3, 20);
        assertThat(new PrincipalComponentsLoss(10).of(three, three)).isLessThan(1e-9);
        SeriesSet constant = SeriesSet.of(new float[60], 3, 20);
        assertThat(new PrincipalComponentsLoss(10).of(constant, constant)).isZero();
    }

    @Test
    void argumentsAreChecked() {
        SeriesSet three = SeriesSet.of(new float[9], 3, 3);
        assertThatThrownBy(() -> new SymmetrySelection(SelectionOptions.defaults(), new PrincipalComponentsLoss(1))
                        .select(three))
                .hasMessage("`training` must hold at least 5 series for 5 folds (got 3)");
        assertThatThrownBy(() -> new SelectionOptions(List.of(), List.of(), List.of(), 1, 1))
                .hasMessage("`folds` must be at least 2 (got 1)");
        assertThatThrownBy(() -> new SymmetryCandidate(SymmetryFamily.LEARNED_WARP, -1, 1))
                .hasMessage("`smoothing` must be finite and at least 0 (got -1.0)");
        assertThatThrownBy(() -> new SymmetryCandidate(SymmetryFamily.LEARNED_WARP, 0, 0))
                .hasMessage("`strength` must be finite and above 0 (got 0.0)");
        assertThatThrownBy(() -> new PrincipalComponentsLoss(0)).hasMessage("`components` must be at least 1 (got 0)");
    }

    /** Copies of one curve, each moved by a few samples, with a little noise. */
    private static SeriesSet shifted(RandomGenerator random, int count) {
        double[] curve = SmoothCurves.curve(random, LENGTH);
        double[] moved = new double[LENGTH];
        float[] values = new float[count * LENGTH];
        for (int index = 0; index < count; index++) {
            double shift = 6 * random.nextGaussian();
            WarpFlow.prescribed(LENGTH).move(curve, new double[] {shift, 0, 0, 0, 0, 0}, moved);
            for (int time = 0; time < LENGTH; time++) {
                values[index * LENGTH + time] = (float) (moved[time] + 0.1 * random.nextGaussian());
            }
        }
        return SeriesSet.of(values, count, LENGTH);
    }
}
