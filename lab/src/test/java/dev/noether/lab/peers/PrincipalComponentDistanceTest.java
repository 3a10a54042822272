package dev.noether.lab.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class PrincipalComponentDistanceTest extends RandomizedTest {
    /** The sum over the components is the squared Mahalanobis distance, for which no components are needed. */
    @Test
    void theSameAsByTheInverseOfTheCovariance() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 10; trial++) {
            int window = 1 + random.nextInt(12);
            float[] train = TestingWaves.wave(random, 300, 17, 0.3);
            float[] test = TestingWaves.wave(random, 1_100, 13, 0.4);
            float[] scores = score(train, test, window);
            StandardizedWindows windows = StandardizedWindows.of(TestingWaves.of(train), TestingWaves.of(test), window);
            double[] mean = mean(windows.training());
            double[][] covariance = covariance(windows.training(), mean);
            for (int i = 0; i < scores.length; i += 37) {
                double[] centred = centred(windows.test(), i, mean);
                double[] solution = solve(copy(covariance), centred.clone());
                double squares = 0;
                for (int j = 0; j < window; j++) {
                    squares += centred[j] * solution[j];
                }
                assertThat((double) scores[i])
                        .as("trial %d, row %d", trial, i)
                        .isCloseTo(squares / window, withPercentage(0.5));
            }
        }
    }

    @Test
    void evenlySpacedWindowsAreCopiesOfThose() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 50; trial++) {
            int window = 1 + random.nextInt(5);
            StackedRows windows = StackedRows.ofTraining(normals(random, 2 * (window + random.nextInt(30))), 2, window);
            int step = 1 + random.nextInt(8);
            float[] copies = windows.copiesOfEvery(step);
            float[] all = windows.copies();
            int size = windows.size();
            assertThat(copies.length).isEqualTo((windows.count() + step - 1) / step * size);
            for (int i = 0; i < copies.length; i++) {
                assertThat(copies[i]).isEqualTo(all[i / size * step * size + i % size]);
            }
        }
    }

    @Test
    void trainingRowsHaveAMeanOfOne() {
        float[] rows = normals(random(), 4_000);
        double mean = 0;
        for (float score : score(rows, rows, 5)) {
            mean += score / rows.length;
        }
        assertThat(mean).isBetween(0.97, 1.03);
    }

    @Test
    void aBreakInTheShapeStandsOut() {
        RandomGenerator random = random();
        float[] train = TestingWaves.wave(random, 2_000, 40, 0.05);
        float[] test = TestingWaves.wave(random, 800, 40, 0.05);
        // Half a period that stands still: no value is unusual.
        Arrays.fill(test, 410, 430, test[410]);
        float[] scores = score(train, test, 40);
        int highest = 0;
        for (int i = 0; i < scores.length; i++) {
            highest = scores[i] > scores[highest] ? i : highest;
        }
        assertThat(highest).isBetween(410, 470);
    }

    @Test
    void argumentsAreChecked() {
        assertThatThrownBy(() -> new PrincipalComponentDistance(0)).hasMessage("`window` must be at least 1 (got 0)");
        assertThatThrownBy(() -> score(new float[5], new float[5], 6))
                .hasMessage("`train` must hold at least one window of 6 rows (got 5)");
    }

    private static float[] score(float[] train, float[] test, int window) {
        return new PrincipalComponentDistance(window).score(TestingWaves.of(train), TestingWaves.of(test));
    }

    private static double[] centred(StackedRows windows, int index, double[] mean) {
        double[] centred = new double[mean.length];
        for (int j = 0; j < mean.length; j++) {
            centred[j] = windows.rows()[windows.offset(index) + j] - mean[j];
        }
        return centred;
    }

    private static double[] mean(StackedRows windows) {
        double[] mean = new double[windows.size()];
        for (int i = 0; i < windows.count(); i++) {
            double[] values = centred(windows, i, new double[mean.length]);
            for (int j = 0; j < mean.length; j++) {
                mean[j] += values[j] / windows.count();
            }
        }
        return mean;
    }

    /** The covariance with the least variance on its diagonal. */
    private static double[][] covariance(StackedRows windows, double[] mean) {
        double[][] covariance = new double[mean.length][mean.length];
        for (int i = 0; i < windows.count(); i++) {
            double[] centred = centred(windows, i, mean);
            for (int j = 0; j < mean.length; j++) {
                for (int k = 0; k < mean.length; k++) {
                    covariance[j][k] += centred[j] * centred[k] / windows.count();
                }
            }
        }
        for (int j = 0; j < mean.length; j++) {
            covariance[j][j] += 1e-6;
        }
        return covariance;
    }

    private static double[][] copy(double[][] matrix) {
        return Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
    }

    /** Gaussian elimination; the matrix is positive definite, so that no pivoting is needed. */
    private static double[] solve(double[][] matrix, double[] right) {
        int size = right.length;
        for (int pivot = 0; pivot < size; pivot++) {
            for (int row = pivot + 1; row < size; row++) {
                double factor = matrix[row][pivot] / matrix[pivot][pivot];
                for (int column = pivot; column < size; column++) {
                    matrix[row][column] -= factor * matrix[pivot][column];
                }
                right[row] -= factor * right[pivot];
            }
        }
        for (int row = size - 1; row >= 0; row--) {
            for (int column = row + 1; column < size; column++) {
                right[row] -= matrix[row][column] * right[column];
            }
            right[row] /= matrix[row][row];
        }
        return right;
    }
}
