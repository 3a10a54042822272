package dev.noether.model.symmetry.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.numeric.Matrices;
import dev.noether.model.series.SeriesSet;
import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class GeneratorCovarianceEstimatorTest extends RandomizedTest {
    private static final int LENGTH = 160;

    /** F of w = Fξ: a shift of 2 samples, a second element of 1 that depends on it, and an independent third of 1.2. */
    private static final double[][] FACTOR = {{2, 0, 0}, {1, 0.5, 0}, {0, 0, 1.2}};

    @Test
    void recoversAKnownCovariance() {
        SeriesSet series = SmoothCurves.pairs(random(), 400, LENGTH, FACTOR, 0.02);
        GeneratorCovariance covariance = GeneratorCovarianceEstimator.defaults()
                .estimate(NeighbourPairs.of(series, 1), new TimeWarpGenerators(6));
        double[][] planted = product(FACTOR);
        for (int row = 0; row < 6; row++) {
            for (int column = 0; column < 6; column++) {
                double expected = row < 3 && column < 3 ? planted[row][column] : 0;
                // Sampling error of a variance of 400 pairs is 7 %.
                assertThat(covariance.covariance()[row][column])
                        .as("Σ at %d, %d", row, column)
                        .isCloseTo(expected, within(0.9));
            }
        }
        assertThat(covariance.strength(0)).isCloseTo(5.1, within(1.3));
        assertThat(covariance.strength(3)).isLessThan(0.2);
        double[] leading = covariance.generator(0);
        assertThat(Math.abs(leading[0] * 0.885 + leading[1] * 0.466)).isGreaterThan(0.97);
        assertThat(covariance.noiseVariance()).isBetween(2 * 0.02 * 0.02, 0.01);
        assertThat(covariance.explainedShare()).isGreaterThan(0.9);
    }

    @Test
    void shrinksWithoutASymmetry() {
        RandomGenerator random = random();
        SeriesSet noise = SeriesSet.of(normals(random, 200 * LENGTH), 200, LENGTH);
        GeneratorCovariance covariance = GeneratorCovarianceEstimator.defaults()
                .estimate(NeighbourPairs.of(noise, 5), new TimeWarpGenerators(6));
        for (int index = 0; index < 6; index++) {
            assertThat(Math.sqrt(covariance.strength(index))).isLessThan(0.25);
        }
        assertThat(covariance.explainedShare()).isLessThan(0.05);
    }

    @Test
    void recoversOffsetsAndAmplitudes() {
        RandomGenerator random = random();
        int curves = 300;
        float[] offset = new float[2 * curves * LENGTH];
        float[] amplitude = new float[2 * curves * LENGTH];
        for (int index = 0; index < 2 * curves; index += 2) {
            double[] curve = SmoothCurves.curve(random, LENGTH);
            double weight = 0.2 * random.nextGaussian();
            for (int end = 0; end < 2; end++) {
                double step = (end - 0.5) * weight;
                for (int time = 0; time < LENGTH; time++) {
                    offset[(index + end) * LENGTH + time] = (float) (curve[time] + step);
                    amplitude[(index + end) * LENGTH + time] = (float) (curve[time] * Math.exp(step));
                }
            }
        }
        assertThat(deviation(offset, ValueGenerator.OFFSET)).isCloseTo(0.2, within(0.04));
        assertThat(deviation(amplitude, ValueGenerator.AMPLITUDE)).isCloseTo(0.2, within(0.04));
    }

    @Test
    void theScaleOfTheValuesDoesNotMatter() {
        SeriesSet series = SmoothCurves.pairs(random(), 50, LENGTH, FACTOR, 0.02);
        float[] values = series.values();
        for (int index = 0; index < values.length; index++) {
            values[index] *= 1024;
        }
        SeriesSet scaled = SeriesSet.of(values, series.count(), LENGTH);
        double strength =
                SymmetryFamily.covariance(series, 2, new TimeWarpGenerators(6)).strength(0);
        assertThat(SymmetryFamily.covariance(scaled, 2, new TimeWarpGenerators(6))
                        .strength(0))
                .isCloseTo(strength, within(1e-6 * strength));
    }

    @Test
    void seriesThatDoNotDifferHaveNoMotion() {
        GeneratorCovariance same =
                SymmetryFamily.covariance(SeriesSet.of(new float[30], 3, 10), 0, new TimeWarpGenerators(6));
        assertThat(same.strength(0)).isZero();
        assertThat(same.noiseVariance()).isZero();
        assertThat(same.explainedShare()).isZero();
        // Constant series differ, but no change of the time axis moves one.
        float[] constants = {1, 1, 1, 2, 2, 2, 4, 4, 4};
        GeneratorCovariance flat =
                SymmetryFamily.covariance(SeriesSet.of(constants, 3, 3), 0, new TimeWarpGenerators(6));
        assertThat(flat.strength(0)).isZero();
        assertThat(flat.noiseVariance()).isPositive();
        // One value has no slope.
        assertThat(SymmetryFamily.covariance(SeriesSet.of(constants, 9, 1), 2, new TimeWarpGenerators(2))
                        .strength(0))
                .isZero();
    }

    @Test
    void argumentsAreChecked() {
        assertThatThrownBy(() -> new GeneratorCovarianceEstimator(0)).hasMessage("`rounds` must be at least 1 (got 0)");
        assertThatThrownBy(() -> new TimeWarpGenerators(0)).hasMessage("`size` must be at least 1 (got 0)");
    }

    private static double deviation(float[] values, ValueGenerator change) {
        SeriesSet series = SeriesSet.of(values, values.length / LENGTH, LENGTH);
        return Math.sqrt(GeneratorCovarianceEstimator.defaults()
                .estimate(NeighbourPairs.of(series, 1), change)
                .strength(0));
    }

    private static double[][] product(double[][] factor) {
        return Matrices.product(factor, Matrices.transpose(factor));
    }
}
