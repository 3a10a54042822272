package dev.noether.model.numeric;

import static dev.noether.model.numeric.TextbookMatrices.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The two halves of the eigendecomposition: {@link HouseholderReduction} and {@link TridiagonalQl}. */
final class TridiagonalFormTest extends RandomizedTest {

    @Test
    void theReductionIsAnOrthogonalChangeOfBasis() {
        RandomGenerator random = random();
        for (int size = 1; size <= 24; size++) {
            double[][] matrix = TextbookMatrices.randomSymmetric(random, size);
            double[][] reduced = Matrices.copy(matrix);
            double[][] basis = TextbookMatrices.identity(size);
            double[] subdiagonal = new double[size];
            HouseholderReduction.tridiagonalize(reduced, subdiagonal, basis);
            double[][] expected = tridiagonal(diagonal(reduced), subdiagonal);
            double[][] transposed = TextbookMatrices.transpose(basis);
            assertClose(TextbookMatrices.product(basis, transposed), TextbookMatrices.identity(size), 1e-12);
            assertClose(TextbookMatrices.product(basis, TextbookMatrices.product(matrix, transposed)), expected, 1e-11);
        }
    }

    @Test
    void theReductionLeavesATridiagonalMatrixAsItIs() {
        double[] diagonal = {3, -1, 4, 1};
        double[] beside = {2, 0, -5, 0};
        double[][] matrix = tridiagonal(diagonal, beside);
        double[][] basis = TextbookMatrices.identity(4);
        double[] subdiagonal = new double[4];
        HouseholderReduction.tridiagonalize(matrix, subdiagonal, basis);
        assertThat(diagonal(matrix)).containsExactly(diagonal);
        assertThat(subdiagonal).containsExactly(beside);
        assertThat(basis).isDeepEqualTo(TextbookMatrices.identity(4));
    }

    @Test
    void theReductionDoesNotOverflowForVeryLargeEntries() {
        double[][] matrix = TextbookMatrices.randomSymmetric(random(), 5);
        double[][] large = TextbookMatrices.sum(new double[5][5], 1e200, matrix);
        double[] subdiagonal = new double[5];
        double[] largeSubdiagonal = new double[5];
        HouseholderReduction.tridiagonalize(matrix, subdiagonal, TextbookMatrices.identity(5));
        HouseholderReduction.tridiagonalize(large, largeSubdiagonal, TextbookMatrices.identity(5));
        for (int index = 0; index < 4; index++) {
            assertThat(largeSubdiagonal[index] / 1e200).isCloseTo(subdiagonal[index], within(1e-12));
        }
    }

    @Test
    void theIterationFindsTheEigenvaluesOfTheSecondDifference() {
        // The matrix with 2 on and −1 beside the diagonal has the eigenvalues 2 − 2 cos(kπ / (n + 1)).
        for (int size = 1; size <= 30; size++) {
            double[] diagonal = new double[size];
            double[] subdiagonal = new double[size];
            double[] expected = new double[size];
            for (int index = 0; index < size; index++) {
                diagonal[index] = 2;
                subdiagonal[index] = index + 1 < size ? -1 : 0;
                expected[index] = 2 - 2 * Math.cos((index + 1) * Math.PI / (size + 1));
            }
            TridiagonalQl.diagonalize(diagonal, subdiagonal, TextbookMatrices.identity(size));
            Arrays.sort(diagonal);
            assertThat(diagonal).containsExactly(expected, within(1e-13));
        }
    }

    @Test
    void theIterationFindsEigenvectorsOfMatricesThatSplit() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 100; trial++) {
            int size = random.nextInt(1, 15);
            double[] diagonal = TextbookMatrices.random(random, size);
            double[] subdiagonal = TextbookMatrices.random(random, size);
            subdiagonal[size - 1] = 0;
            subdiagonal[random.nextInt(size)] = 0;
            double[][] matrix = tridiagonal(diagonal, subdiagonal);
            double[][] vectors = TextbookMatrices.identity(size);
            TridiagonalQl.diagonalize(diagonal, subdiagonal, vectors);
            for (int index = 0; index < size; index++) {
                double[] expected = new double[size];
                Vectors.addMultiple(expected, diagonal[index], vectors[index]);
                assertThat(TextbookMatrices.product(matrix, vectors[index]))
                        .as("trial %d, eigenvalue %s", trial, diagonal[index])
                        .containsExactly(expected, within(1e-12));
            }
            assertClose(
                    TextbookMatrices.product(vectors, TextbookMatrices.transpose(vectors)),
                    TextbookMatrices.identity(size),
                    1e-12);
        }
    }

    @Test
    void theSquareRootTimesItselfIsTheMatrix() {
        RandomGenerator random = random();
        for (int size = 1; size <= 12; size++) {
            double[][] matrix = TextbookMatrices.randomPositiveDefinite(random, size, 0);
            double[][] root =
                    SymmetricEigendecomposition.of(Matrices.copy(matrix)).squareRoot();
            assertClose(TextbookMatrices.product(root, root), matrix, 1e-10);
            assertClose(root, TextbookMatrices.transpose(root), 1e-12);
        }
        double[][] negative = {{-4, 0}, {0, 9}};
        assertClose(SymmetricEigendecomposition.of(negative).squareRoot(), new double[][] {{0, 0}, {0, 3}}, 1e-14);
    }

    private static double[] diagonal(double[][] matrix) {
        double[] diagonal = new double[matrix.length];
        for (int index = 0; index < diagonal.length; index++) {
            diagonal[index] = matrix[index][index];
        }
        return diagonal;
    }

    private static double[][] tridiagonal(double[] diagonal, double[] subdiagonal) {
        double[][] matrix = new double[diagonal.length][diagonal.length];
        for (int index = 0; index < diagonal.length; index++) {
            matrix[index][index] = diagonal[index];
            if (index + 1 < diagonal.length) {
                matrix[index][index + 1] = subdiagonal[index];
                matrix[index + 1][index] = subdiagonal[index];
            }
        }
        return matrix;
    }
}
