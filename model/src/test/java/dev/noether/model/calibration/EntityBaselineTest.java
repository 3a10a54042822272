package dev.noether.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class EntityBaselineTest extends RandomizedTest {
    private static final int FEATURES = 3;
    private static final float RATE = 1f / 3500;

    @Test
    void aCommonBaselineAdaptsToItsEntity() {
        RandomGenerator random = random();
        EntityBaseline baseline = baseline(0);
        for (int row = 0; row < 2000; row++) {
            learn(baseline, far(random));
        }
        for (int j = 0; j < FEATURES; j++) {
            assertThat(baseline.view(0).mean(j)).isCloseTo(50, within(0.5f));
            assertThat(baseline.raw().mean(j)).isCloseTo(50, within(0.5f));
            assertThat(baseline.view(0).variance(j)).isCloseTo(4, within(0.8f));
        }
        assertThat(baseline.rows()).isEqualTo(2000);
        assertThat(baseline.widening()).isCloseTo(1, within(0.06));
    }

    @Test
    void theFirstRowSetsTheMeansAndKeepsTheVariances() {
        EntityBaseline baseline = baseline(0);
        assertThat(baseline.widening()).isEqualTo(1 + EntityBaseline.WIDENING);
        learn(baseline, new float[] {50, -7, 0});
        assertThat(baseline.view(0)).isEqualTo(new RunningScale(new float[] {50, -7, 0}, new float[] {1, 1, 1}));
        assertThat(baseline.raw().mean(1)).isEqualTo(-7);
        assertThat(baseline.rows()).isEqualTo(1);
    }

    /** The level of a feature that never moved says nothing; its first move does. */
    @Test
    void theFirstRowDoesNotJudgeTheLevelOfWhatNeverMoved() {
        RunningScale raw = new RunningScale(new float[FEATURES], new float[] {1, 0, 1});
        RunningScale view = new RunningScale(new float[FEATURES], new float[] {1, 0.5f, 0});
        float[] squares = new float[FEATURES];
        for (int rows : new int[] {0, 1, EntityBaseline.SETTLED}) {
            EntityBaseline baseline = new EntityBaseline(List.of(view.copy()), raw.copy(), rows, 1);
            baseline.adoptConstants(baseline.view(0), new float[] {3, 100, 3});
            assertThat(baseline.view(0).mean(0)).isZero();
            assertThat(baseline.view(0).mean(1)).isEqualTo(rows == 0 ? 100 : 0);
            assertThat(baseline.view(0).mean(2)).isZero();
        }
        EntityBaseline baseline = new EntityBaseline(List.of(view.copy()), raw.copy(), 0, 1);
        baseline.adoptConstants(baseline.view(0), new float[] {3, 100, 3});
        learn(baseline, new float[] {3, 100, 3});
        baseline.adoptConstants(baseline.view(0), new float[] {3, 200, 3});
        baseline.view(0).standardise(new float[] {3, 200, 3}, 0.01f, squares);
        assertThat(squares[1]).isGreaterThan(10_000);
    }

    @Test
    void aSettledBaselineAdaptsAtTheModelsRateFromItsFirstRowOn() {
        EntityBaseline baseline = baseline(EntityBaseline.SETTLED);
        learn(baseline, new float[] {50, -7, 0});
        assertThat(baseline.widening()).isEqualTo(1);
        assertThat(baseline.view(0).mean(0)).isCloseTo(50 * RATE, within(1e-6f));
        assertThat(baseline.raw().mean(0)).isCloseTo(50 * RATE, within(1e-6f));
        assertThat(baseline.rows()).isEqualTo(EntityBaseline.SETTLED);
    }

    @Test
    void theMemoryIsARunningMeanAndStaysFinite() {
        EntityBaseline baseline = baseline(1);
        assertThat(baseline.memory()).isEqualTo(1);
        assertThat(baseline.remember(11, 0.1f)).isCloseTo(2, within(1e-6));
        assertThat(baseline.remember(2, 0.5f)).isCloseTo(2, within(1e-6));
        for (int i = 0; i < 100; i++) {
            assertThat(baseline.remember(1e300, 0.9f)).isFinite();
        }
        assertThat(baseline.copy()).isEqualTo(baseline).hasSameHashCodeAs(baseline);
    }

    @Test
    void aCopyIsIndependent() {
        EntityBaseline baseline = baseline(5);
        EntityBaseline copy = baseline.copy();
        learn(copy, new float[] {1, 2, 3});
        copy.remember(7, 0.5f);
        assertThat(baseline).isEqualTo(baseline(5)).isNotEqualTo(copy);
    }

    @Test
    void estimatesItsSizeInMemory() {
        // 3 scales of 2 × 38 floats, their arrays and objects, the array of views, the baseline itself.
        assertThat(EntityBaseline.memoryBytes(2, 38)).isEqualTo(3 * (2 * 38 * 4 + 2 * 16 + 24) + 16 + 2 * 4 + 32);
        assertThat(EntityBaseline.memoryBytes(2, 38)).isBetween(1100L, 1250L);
    }

    /**
     * While an entity is new, its scales are the textbook mean and variance of its rows, where the first row weighs as
     * much as twenty and brings the common variance with it.
     */
    @Test
    void aNewEntityStartsWithTheWeightedMeanAndVarianceOfItsRows() {
        RandomGenerator random = random();
        EntityBaseline baseline = baseline(0);
        float[][] rows = new float[1000][];
        for (int n = 0; n < rows.length; n++) {
            rows[n] = far(random);
            learn(baseline, rows[n]);
            assertThat(baseline.widening()).isEqualTo(1 + 100.0 / (2 + n));
            if (n % 50 == 0) {
                for (int j = 0; j < FEATURES; j++) {
                    assertWeighted(baseline.view(0), rows, n, j);
                    assertWeighted(baseline.raw(), rows, n, j);
                }
            }
        }
    }

    private static void assertWeighted(RunningScale scale, float[][] rows, int newest, int feature) {
        double weights = 20 + newest;
        double sum = 20 * rows[0][feature];
        for (int i = 1; i <= newest; i++) {
            sum += rows[i][feature];
        }
        double mean = sum / weights;
        double squares = 20 * (1 + Math.pow(rows[0][feature] - mean, 2));
        for (int i = 1; i <= newest; i++) {
            squares += Math.pow(rows[i][feature] - mean, 2);
        }
        assertThat((double) scale.mean(feature)).isCloseTo(mean, within(1e-3));
        assertThat((double) scale.variance(feature)).isCloseTo(squares / weights, within(1e-2));
    }

    /** The effect of one row on the mean of a settled baseline falls by the adaptation rate with each later row. */
    @Test
    void aSettledBaselineForgetsARowExponentially() {
        RandomGenerator random = random();
        EntityBaseline baseline = baseline(EntityBaseline.SETTLED);
        EntityBaseline disturbed = baseline.copy();
        learn(baseline, new float[FEATURES]);
        learn(disturbed, new float[] {1000, 1000, 1000});
        for (int later = 1; later <= 8000; later++) {
            float[] row = normals(random, FEATURES);
            learn(baseline, row);
            learn(disturbed, row);
            if (later % 500 == 0) {
                double expected = 1000 * RATE * Math.pow(1 - RATE, later);
                for (int j = 0; j < FEATURES; j++) {
                    double difference =
                            disturbed.view(0).mean(j) - baseline.view(0).mean(j);
                    assertThat(difference).isCloseTo(expected, within(1e-3));
                }
            }
        }
    }

    /** A missing feature has neither mean nor variance changed, from the first row of an entity on. */
    @Test
    void aRowWithoutAFeatureDoesNotChangeTheScalesOfTheFeature() {
        RandomGenerator random = random();
        boolean[] missing = {true, false, true, false};
        for (int rows : new int[] {0, 1, 50, EntityBaseline.SETTLED}) {
            EntityBaseline baseline = baseline(rows);
            EntityBaseline before = baseline.copy();
            float[] row = far(random);
            float[] squares = new float[FEATURES];
            baseline.view(0).fillIn(missing, 1, row);
            double sum = baseline.view(0).standardise(row, 0.01f, squares);
            baseline.learnView(0, row, RATE, sum);
            baseline.forget(baseline.view(0), missing, 1, RATE);
            baseline.raw().fillIn(missing, 1, row);
            baseline.learnRow(row, RATE, missing, 1);
            assertThat(squares[1]).isZero();
            for (RunningScale scale : List.of(baseline.view(0), baseline.raw())) {
                assertThat(scale.mean(1)).isEqualTo(before.raw().mean(1));
                assertThat(scale.variance(1)).isCloseTo(before.raw().variance(1), within(1e-6f));
                assertThat(scale.mean(0)).isNotEqualTo(before.raw().mean(0));
            }
            assertThat(baseline.rows()).isEqualTo(Math.min(rows + 1, EntityBaseline.SETTLED));
        }
    }

    @Test
    void rejectsPartsThatDoNotFit() {
        RunningScale two = new RunningScale(new float[2], new float[2]);
        RunningScale three = new RunningScale(new float[3], new float[3]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EntityBaseline(List.of(two, three), two, 0, 1))
                .withMessage("all scales must have as many features as `raw`, 2 (got 3)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EntityBaseline(List.of(), two, 0, 1))
                .withMessage("`views` must hold at least one scale (got none)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EntityBaseline(List.of(two), two, -1, 1))
                .withMessage("`rows` must be at least 0 (got -1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EntityBaseline(List.of(two), two, 0, Float.NaN))
                .withMessage("`memory` must be finite and at least 1 (got NaN)");
    }

    private static float[] far(RandomGenerator random) {
        float[] values = new float[FEATURES];
        for (int j = 0; j < FEATURES; j++) {
            values[j] = (float) (50 + 2 * random.nextGaussian());
        }
        return values;
    }

    private static void learn(EntityBaseline baseline, float[] values) {
        float[] squares = new float[FEATURES];
        double sum = baseline.view(0).standardise(values, 0.01f, squares);
        baseline.learnView(0, values, RATE, sum);
        baseline.learnRow(values, RATE);
    }

    private static EntityBaseline baseline(int rows) {
        float[] ones = new float[FEATURES];
        Arrays.fill(ones, 1);
        RunningScale view = new RunningScale(new float[FEATURES], ones);
        return new EntityBaseline(List.of(view), new RunningScale(new float[FEATURES], ones), rows, 1);
    }
}
