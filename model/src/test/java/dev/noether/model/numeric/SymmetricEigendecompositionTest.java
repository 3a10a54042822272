package dev.noether.model.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SymmetricEigendecompositionTest {
    private static final long SEED = 20_260_102L;

    @Test
    void matrixWithKnownEigenvalues() {
        // The second difference matrix has the eigenvalues 2 − 2 cos(kπ / (n + 1)).
        int size = 7;
        double[][] matrix = new double[size][size];
        for (int i = 0; i < size; i++) {
            matrix[i][i] = 2;
            if (i > 0) {
                matrix[i][i - 1] = -1;
                matrix[i - 1][i] = -1;
            }
        }
        double[] values = SymmetricEigendecomposition.of(matrix).values();
        for (int k = 1; k <= size; k++) {
            assertThat(values[size - k]).isCloseTo(2 - 2 * Math.cos(k * Math.PI / (size + 1)), within(1e-14));
        }
    }

    @Test
    void randomMatricesEqualTheProductOfTheirParts() {
        Random random = new Random(SEED);
        for (int size = 1; size <= 40; size++) {
            double[][] matrix = randomSymmetric(random, size);
            assertProductOfParts(matrix, "random matrix of size " + size + ", seed " + SEED);
        }
    }

    @Test
    void aMatrixThatIsNotFiniteIsRefused() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            for (int size = 1; size <= 4; size++) {
                for (int i = 0; i < size; i++) {
                    double[][] matrix = randomSymmetric(new Random(SEED), size);
                    matrix[i][size - 1] = bad;
                    matrix[size - 1][i] = bad;
                    assertThatThrownBy(() -> SymmetricEigendecomposition.of(matrix))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageStartingWith("the matrix must be finite");
                }
            }
        }
    }

    @Test
    void degenerateMatricesEqualTheProductOfTheirParts() {
        assertProductOfParts(new double[5][5], "zero");
        double[][] ones = new double[6][6];
        for (double[] row : ones) {
            Arrays.fill(row, 1);
        }
        assertProductOfParts(ones, "ones");
        double[][] badlyScaled = new double[4][4];
        double[] diagonal = {1e150, 1, 1e-150, 0};
        for (int i = 0; i < 4; i++) {
            badlyScaled[i][i] = diagonal[i];
        }
        assertProductOfParts(badlyScaled, "badly scaled");
    }

    @Test
    void matricesOfLowRankEqualTheProductOfTheirParts() {
        // Covariances of a few rows of many values, as of a small set of series: nearly all of the spectrum is rounding
        // noise.
        Random random = new Random(SEED);
        for (int trial = 0; trial < 60; trial++) {
            int rows = 1 + random.nextInt(30);
            int size = 100 + random.nextInt(60);
            double[][] matrix = new double[size][size];
            for (int row = 0; row < rows; row++) {
                double[] series = new double[size];
                double level = 0;
                for (int column = 0; column < size; column++) {
                    level = 0.9 * level + random.nextGaussian();
                    series[column] = trial % 2 == 0 ? level : random.nextGaussian();
                }
                for (int i = 0; i < size; i++) {
                    for (int j = 0; j < size; j++) {
                        matrix[i][j] += series[i] * series[j] / rows;
                    }
                }
            }
            assertProductOfParts(matrix, rows + " rows of " + size + " values, trial " + trial + ", seed " + SEED);
        }
    }

    private static double[][] randomSymmetric(Random random, int size) {
        double[][] matrix = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                matrix[i][j] = random.nextGaussian();
                matrix[j][i] = matrix[i][j];
            }
        }
        return matrix;
    }

    private static void assertProductOfParts(double[][] matrix, String name) {
        int size = matrix.length;
        double[][] original = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
        double largest = Arrays.stream(original)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElseThrow();
        SymmetricEigendecomposition decomposition = SymmetricEigendecomposition.of(matrix);
        double[] values = decomposition.values();
        double[][] vectors = decomposition.vectors();
        for (int i = 0; i < size; i++) {
            if (i > 0) {
                assertThat(values[i]).as(name).isLessThanOrEqualTo(values[i - 1]);
            }
            for (int j = 0; j < size; j++) {
                double rebuilt = 0;
                double product = 0;
                for (int k = 0; k < size; k++) {
                    rebuilt += vectors[k][i] * values[k] * vectors[k][j];
                    product += vectors[i][k] * vectors[j][k];
                }
                assertThat(rebuilt).as(name).isCloseTo(original[i][j], within(1e-13 * size * largest));
                assertThat(product).as(name).isCloseTo(i == j ? 1 : 0, within(1e-13 * size));
            }
        }
    }
}
