package dev.noether.lab.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.series.SeriesSet;
import dev.noether.model.symmetry.learned.PrincipalComponentsLoss;
import dev.noether.model.symmetry.learned.SymmetryFamily;
import dev.noether.model.testing.TestingFaultyEngine;
import dev.noether.model.training.TrainingDivergedException;
import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SeriesModelTrainerTest extends RandomizedTest {
    private static final int LENGTH = 40;
    private static final SeriesModelOptions SMALL =
            SeriesModelOptions.defaults().withCodeSize(3).withEpochs(8).withHiddenWidth(32);

    private final Engine engine = new OpenBlasEngine();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aShiftThatIsThereIsChosenAndHelps() {
        SeriesSet training = bumps(new SplittableRandom(1), 16, 4, 0.02);
        SeriesSet test = bumps(new SplittableRandom(2), 200, 4, 0.02);
        SeriesModelOptions options = SMALL.withEpochs(16).withHiddenWidth(64);
        SeriesModel model = fit(options, training);
        SeriesModel plain = fit(options.withFamilies(), training);
        assertThat(model.symmetry().chosen().orElseThrow().family()).isEqualTo(SymmetryFamily.LEARNED_WARP);
        assertThat(model.symmetry().trials()).hasSize(9);
        assertThat(model.symmetry().none()).hasSize(3);
        assertThat(model.epochs()).hasSize(16);
        assertThat(model.testError(test)).isLessThan(0.8 * plain.testError(test));
        assertThat(model.testError(test)).isLessThan(0.8 * new PrincipalComponentsLoss(3).of(training, test));
    }

    @Test
    void whereThePlaceIsWhatCountsNoneIsChosen() {
        // Sharp peaks of any height, each at its own fixed place.
        float[] values = new float[60 * LENGTH];
        RandomGenerator random = random();
        for (int index = 0; index < 60; index++) {
            for (int peak = 0; peak < 3; peak++) {
                values[index * LENGTH + 8 + 12 * peak] = (float) random.nextGaussian();
            }
        }
        SeriesSet training = SeriesSet.of(values, 60, LENGTH);
        SeriesModel model = fit(SMALL.withFamilies(SymmetryFamily.PRESCRIBED_SHIFT), training);
        assertThat(model.symmetry().chosen()).isEmpty();
        assertThat(model.symmetry().flow()).isEmpty();
        assertThat(model.symmetry().trials()).hasSize(3);
        assertThat(model.portrait(training, 0)).isEmpty();
        assertThat(model.testError(training)).isLessThan(1e-6);
    }

    @Test
    void fromFewSeriesNotAllOfWhatWasLearnedIsUsed() {
        // A curve in the plane, under noise of the size of its bend: a part of what few series teach is their noise.
        SeriesSet training = bent(new SplittableRandom(1), 40);
        SeriesSet test = bent(new SplittableRandom(2), 400);
        SeriesModelOptions options = SMALL.withCodeSize(1).withEpochs(24).withFamilies();
        SeriesModel model = fit(options, training);
        assertThat(model.learnedShare()).isBetween(0.125, 0.875);
        assertThat(model.testError(test)).isLessThan(new PrincipalComponentsLoss(1).of(training, test));
        int epochs = model.epochs().size();
        assertThat(epochs).isEqualTo(24);
    }

    private static SeriesSet bent(RandomGenerator random, int count) {
        float[] values = new float[count * LENGTH];
        for (int index = 0; index < count; index++) {
            double place = 2 * random.nextDouble() - 1;
            for (int time = 0; time < LENGTH; time++) {
                double line = Math.sin(0.2 * time) * place;
                double bend = Math.cos(0.3 * time) * place * place;
                values[index * LENGTH + time] = (float) (3 * line + bend + random.nextGaussian());
            }
        }
        return SeriesSet.of(values, count, LENGTH);
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherDoesNot() {
        SeriesSet training = bumps(random(), 20, 4, 0.05);
        SeriesModelOptions options = SMALL.withEpochs(2);
        SeriesModel first = fit(options, training);
        assertThat(fit(options, training).network()).isEqualTo(first.network());
        assertThat(fit(options, training).epochs()).isEqualTo(first.epochs());
        SeriesModel other = new SeriesModelTrainer(engine, options).fit(training, 8, SeriesProgress.SILENT);
        assertThat(other.network()).isNotEqualTo(first.network());
    }

    @Test
    void theUnitOfTheSeriesDoesNotMatter() {
        SeriesSet training = bumps(random(), 20, 4, 0.05);
        float[] scaled = training.values();
        for (int index = 0; index < scaled.length; index++) {
            scaled[index] = 1024 * scaled[index] + 4096;
        }
        SeriesSet other = SeriesSet.of(scaled, training.count(), LENGTH);
        double error = fit(SMALL.withEpochs(2), training).testError(training);
        assertThat(fit(SMALL.withEpochs(2), other).testError(other) / (1024.0 * 1024.0))
                .isCloseTo(error, Percentage.withPercentage(1));
    }

    @Test
    void shortFewAndConstantSeriesAreNoTrouble() {
        // Fewer values than code units: every value has a unit of its own.
        SeriesSet narrow = SeriesSet.of(normals(random(), 30 * 2), 30, 2);
        assertThat(fit(SMALL, narrow).network().shape().codeSize()).isEqualTo(2);
        assertThat(fit(SMALL, narrow).testError(narrow)).isLessThan(1e-6);
        SeriesSet single = SeriesSet.of(normals(random(), 30), 30, 1);
        assertThat(fit(SMALL, single).testError(single)).isLessThan(1e-6);
        // Fewer series than code units, and too few to hold any out: what they span.
        SeriesSet two = bumps(random(), 2, 4, 0.05);
        assertThat(fit(SMALL, two).testError(two)).isLessThan(1e-6);
        assertThat(fit(SMALL, two).epochs()).isEmpty();
        SeriesSet one = two.select(0);
        assertThat(fit(SMALL, one).testError(one)).isLessThan(1e-9);
        SeriesSet nine = bumps(random(), 9, 4, 0.05);
        assertThat(fit(SMALL.withCodeSize(10), nine).testError(nine)).isFinite();
        float[] sevens = new float[20 * 12];
        Arrays.fill(sevens, 7);
        SeriesSet constant = SeriesSet.of(sevens, 20, 12);
        assertThat(fit(SMALL, constant).testError(constant)).isLessThan(1e-9);
    }

    @Test
    void everyFamilyCanBeChosenFrom() {
        SeriesSet training = bumps(random(), 12, 4, 0.05);
        for (SymmetryFamily family : SymmetryFamily.values()) {
            SeriesModel model = fit(SMALL.withEpochs(1).withFamilies(family), training);
            assertThat(model.testError(training)).as(family.name()).isFinite();
        }
    }

    @Test
    void aTrainingThatDivergesOnceIsRepeatedAtASmallerStep() {
        SeriesSet training = bumps(random(), 20, 4, 0.05);
        SeriesModelOptions options = SMALL.withEpochs(1).withFamilies();
        TestingFaultyEngine faulty = new TestingFaultyEngine(engine, 200, Long.MAX_VALUE);
        SeriesModel model = new SeriesModelTrainer(faulty, options).fit(training, 7, SeriesProgress.SILENT);
        assertThat(model.network())
                .isEqualTo(fit(options.withLearningRate(0.1 * options.learningRate()), training)
                        .network());
    }

    @Test
    void oneThatDivergesTwiceIsRefused() {
        SeriesSet training = bumps(random(), 20, 4, 0.05);
        TestingFaultyEngine faulty = new TestingFaultyEngine(engine, 200, 1);
        assertThatThrownBy(
                        () -> new SeriesModelTrainer(faulty, SMALL.withEpochs(1).withFamilies())
                                .fit(training, 7, SeriesProgress.SILENT))
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessageStartingWith("training on 20 series of length 40 diverged at learning rates 0.001 and ");
    }

    @Test
    void progressCountsToWhatItAnnounced() {
        SeriesSet training = bumps(random(), 12, 4, 0.05);
        List<Integer> selection = new ArrayList<>();
        List<Integer> totals = new ArrayList<>();
        SeriesModelOptions options = SMALL.withEpochs(4).withFamilies(SymmetryFamily.PRESCRIBED_SHIFT);
        new SeriesModelTrainer(engine, options).fit(training, 7, (stage, completed, of, error) -> {
            assertThat(error).isFinite();
            if (stage == SeriesProgress.Stage.SELECTION) {
                selection.add(completed);
                totals.add(of);
            } else {
                assertThat(completed).isLessThanOrEqualTo(of);
            }
        });
        // Three folds: three strengths for one epoch, the best and none once more, both for four.
        assertThat(totals).containsOnly(3 * (3 + 2 + 8));
        assertThat(selection).isSorted().endsWith(39);
    }

    @Test
    void seriesOfAnotherLengthAreRefused() {
        SeriesModel model = fit(SMALL, bumps(random(), 3, 4, 0));
        SeriesSet other = SeriesSet.of(new float[5], 1, 5);
        assertThatThrownBy(() -> model.testError(other)).hasMessage("`series` must be of length 40 (got 5)");
    }

    @Test
    void theErrorIsThatOfTheReconstructions() {
        SeriesSet training = bumps(random(), 300, 4, 0.05);
        SeriesModel model = fit(SMALL.withEpochs(1).withFamilies(), training);
        float[] reconstructed = model.reconstruct(training);
        float[] values = training.values();
        double squares = 0;
        for (int index = 0; index < values.length; index++) {
            squares += Math.pow(values[index] - reconstructed[index], 2);
        }
        assertThat(model.testError(training)).isCloseTo(squares / values.length, within(1e-9));
    }

    private SeriesModel fit(SeriesModelOptions options, SeriesSet training) {
        return new SeriesModelTrainer(engine, options).fit(training, 7, SeriesProgress.SILENT);
    }

    /** Two bumps that move together. */
    private static SeriesSet bumps(RandomGenerator random, int count, double spread, double noise) {
        float[] values = new float[count * LENGTH];
        for (int index = 0; index < count; index++) {
            double shift = spread * random.nextGaussian();
            for (int time = 0; time < LENGTH; time++) {
                double value = bump(time - 13 - shift) - 0.7 * bump(time - 27 - shift);
                values[index * LENGTH + time] = (float) (value + noise * random.nextGaussian());
            }
        }
        return SeriesSet.of(values, count, LENGTH);
    }

    private static double bump(double distance) {
        return Math.exp(-0.5 * Math.pow(distance / 2.5, 2));
    }
}
