package dev.noether.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.feature.Scaling;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class RunningScaleTest extends RandomizedTest {
    private static final int FEATURES = 4;
    private static final double FLOOR = 1e-4;

    @Test
    void agreesWithTheSameComputationInDoublePrecision() {
        RandomGenerator random = random();
        float[] mean = normals(random, FEATURES);
        float[] variance = {0, 0.5f, 1, 2};
        RunningScale baseline = new RunningScale(mean, variance);
        double[] m = {mean[0], mean[1], mean[2], mean[3]};
        double[] v = {0, 0.5, 1, 2};
        float[] squares = new float[FEATURES];
        float rate = 0.01f;
        for (int row = 0; row < 2000; row++) {
            float[] residuals = normals(random, FEATURES + 1);
            double sum = judgeAndLearn(baseline, residuals, 1, rate, squares);
            double expectedSum = 0;
            for (int j = 0; j < FEATURES; j++) {
                double deviation = residuals[j + 1] - m[j];
                double expected = deviation * deviation / (v[j] + FLOOR);
                assertThat((double) squares[j]).isCloseTo(expected, within(1e-3 * (1 + expected)));
                expectedSum += expected;
                m[j] += rate * deviation;
                v[j] = (1 - rate) * (v[j] + rate * deviation * deviation);
            }
            assertThat(sum).isCloseTo(expectedSum, within(1e-3 * (1 + expectedSum)));
        }
        for (int j = 0; j < FEATURES; j++) {
            assertThat((double) baseline.mean(j)).isCloseTo(m[j], within(1e-4));
            assertThat((double) baseline.variance(j)).isCloseTo(v[j], within(1e-4));
            // The start has no influence any more: the residuals are standard normal.
            assertThat((double) baseline.mean(j)).isCloseTo(0, within(0.5));
            assertThat((double) baseline.variance(j)).isCloseTo(1, within(0.6));
        }
    }

    @Test
    void standardisesByTheRowsBefore() {
        RandomGenerator random = random();
        RunningScale learning = new RunningScale(new float[FEATURES], new float[] {1, 1, 1, 1});
        float[] learned = new float[FEATURES];
        float[] looked = new float[FEATURES];
        for (int row = 0; row < 100; row++) {
            float[] residuals = normals(random, FEATURES);
            RunningScale before = learning.copy();
            double sum = before.standardise(residuals, (float) FLOOR, looked);
            assertThat(before).isEqualTo(learning);
            assertThat(judgeAndLearn(learning, residuals, 0, 0.1f, learned)).isEqualTo(sum);
            assertThat(learned).containsExactly(looked);
            assertThat(learning).isNotEqualTo(before);
        }
    }

    @Test
    void extremeResidualsKeepItFinite() {
        RandomGenerator random = random();
        float[] absurd = {Float.MAX_VALUE, -Float.MAX_VALUE, 1e30f, -1e30f, 1e9f, 0, Float.MIN_VALUE};
        for (float rate : new float[] {1e-6f, 1f / 5000, 0.5f, 0.999f}) {
            RunningScale baseline = new RunningScale(new float[FEATURES], new float[] {0, 1, 1e-30f, Float.MAX_VALUE});
            float[] squares = new float[FEATURES];
            for (int row = 0; row < 1000; row++) {
                float[] residuals = new float[FEATURES];
                for (int j = 0; j < FEATURES; j++) {
                    residuals[j] = absurd[random.nextInt(absurd.length)];
                }
                assertThat(judgeAndLearn(baseline, residuals, 0, rate, squares))
                        .isFinite()
                        .isNotNegative();
                for (int j = 0; j < FEATURES; j++) {
                    assertThat(squares[j]).isFinite().isNotNegative();
                    assertThat(baseline.mean(j)).isFinite();
                    assertThat(baseline.variance(j)).isFinite().isNotNegative();
                }
            }
            // A scale with these numbers can be stored and read.
            assertThat(baseline.copy()).isEqualTo(baseline).hasSameHashCodeAs(baseline);
        }
    }

    @Test
    void copiesItsArrays() {
        float[] mean = {1, 2};
        float[] variance = {3, 4};
        RunningScale baseline = new RunningScale(mean, variance);
        mean[0] = 9;
        variance[0] = 9;
        RunningScale copy = baseline.copy();
        judgeAndLearn(copy, new float[] {5, 5}, 0, 0.5f, new float[2]);
        assertThat(baseline).isEqualTo(new RunningScale(new float[] {1, 2}, new float[] {3, 4}));
        assertThat(baseline.features()).isEqualTo(2);
    }

    @Test
    void copiesAnotherScaleAndAddsItsMeans() {
        RunningScale scale = new RunningScale(new float[2], new float[2]);
        RunningScale other = new RunningScale(new float[] {1, -2}, new float[] {3, 4});
        scale.set(other);
        assertThat(scale).isEqualTo(other);
        other.moveTo(new float[] {7, 7});
        assertThat(scale.mean(0)).isEqualTo(1);
        float[] sums = new float[2];
        scale.addMeans(new float[] {10, 20}, sums);
        assertThat(sums).containsExactly(11, 18);
    }

    /** For bounded values, learning with and without the square sum has the same result. */
    @Test
    void boundedValuesNeedNoSquareSum() {
        RandomGenerator random = random();
        RunningScale judged = new RunningScale(new float[FEATURES], new float[] {1, 1, 1, 1});
        RunningScale bounded = judged.copy();
        float[] squares = new float[FEATURES];
        for (int row = 0; row < 100; row++) {
            float[] values = normals(random, FEATURES);
            values[row % FEATURES] *= row % 7 == 0 ? Scaling.LARGEST / 10 : 1;
            judgeAndLearn(judged, values, 0, 0.1f, squares);
            bounded.learn(values, 0.1f);
            assertThat(bounded).isEqualTo(judged);
        }
    }

    /** The sum has four parts; each number of features must have all its squares in it. */
    @Test
    void theSumHasAllSquares() {
        RandomGenerator random = random();
        for (int features = 1; features < 20; features++) {
            float[] values = normals(random, features);
            float[] variances = new float[features];
            Arrays.fill(variances, 2);
            float[] squares = new float[features];
            double sum = new RunningScale(new float[features], variances).standardise(values, 1, squares);
            double expected = 0;
            for (int j = 0; j < features; j++) {
                assertThat((double) squares[j]).isCloseTo(values[j] * (double) values[j] / 3, within(1e-5));
                expected += squares[j];
            }
            assertThat(sum).isCloseTo(expected, within(1e-9));
        }
    }

    /** The mean is the exponentially weighted mean of all rows, as a sum over the whole past. */
    @Test
    void theMeanIsTheExponentiallyWeightedMeanOfThePast() {
        RandomGenerator random = random();
        float rate = 0.02f;
        float[] past = normals(random, 800);
        RunningScale scale = new RunningScale(new float[] {5}, new float[] {1});
        for (float value : past) {
            scale.learn(new float[] {value}, rate);
        }
        double mean = 5 * Math.pow(1 - rate, past.length);
        double square = (25 + 1) * Math.pow(1 - rate, past.length);
        for (int i = 0; i < past.length; i++) {
            double weight = rate * Math.pow(1 - rate, past.length - 1 - i);
            mean += weight * past[i];
            square += weight * past[i] * past[i];
        }
        assertThat((double) scale.mean(0)).isCloseTo(mean, within(1e-5));
        assertThat((double) scale.variance(0))
                .as("mean of squares less square of mean")
                .isCloseTo(square - mean * mean, within(1e-4));
    }

    /** Values just within and just beyond the range of floats are learned by the same rule. */
    @Test
    void extremeValuesAreLearnedByTheSameRule() {
        for (float value : new float[] {1e15f, 1e18f, 1e20f, -1e25f}) {
            RunningScale scale = new RunningScale(new float[] {1, 1}, new float[] {2, 2});
            float[] row = {value, 1};
            double sum = scale.standardise(row, (float) FLOOR, new float[2]);
            scale.learn(row, 0.25f, sum);
            double deviation = value - 1.0;
            double variance = Math.min(0.75 * (2 + 0.25 * deviation * deviation), Float.MAX_VALUE / 4);
            assertThat(scale.mean(0) / (0.25 * value)).isCloseTo(1, within(1e-6));
            assertThat(scale.variance(0) / variance).isCloseTo(1, within(1e-5));
            assertThat(scale.mean(1)).as("the other feature").isEqualTo(1);
            assertThat(scale.variance(1)).isEqualTo(1.5f);
        }
    }

    @Test
    void rejectsInvalidNumbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RunningScale(new float[2], new float[1]))
                .withMessage("`variance` must have as many values as `mean` (got 1 and 2)");
        for (float variance : new float[] {-1, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RunningScale(new float[1], new float[] {variance}))
                    .withMessage("feature 0 must have a finite mean and a variance of at least 0 (got 0.0 and "
                            + variance + ")");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new RunningScale(new float[] {Float.NaN}, new float[1]));
    }

    private static double judgeAndLearn(RunningScale scale, float[] values, int offset, float rate, float[] squares) {
        float[] row = Arrays.copyOfRange(values, offset, offset + scale.features());
        double sum = scale.standardise(row, (float) FLOOR, squares);
        scale.learn(row, rate, sum);
        return sum;
    }
}
