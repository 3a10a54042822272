package dev.noether.model.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** {@link PositiveDefinite} and {@link RidgeRegression} against Gaussian elimination with pivoting. */
final class LinearEquationsTest extends RandomizedTest {

    @Test
    void solvesLikeGaussianElimination() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 100; trial++) {
            int size = random.nextInt(1, 14);
            int columns = random.nextInt(1, 5);
            double[][] matrix = TextbookMatrices.randomPositiveDefinite(random, size, 0.5);
            double[][] right = TextbookMatrices.random(random, size, columns);
            double[] solution = TextbookMatrices.flat(right);
            assertThat(PositiveDefinite.solve(TextbookMatrices.flat(matrix), size, solution, columns))
                    .isSameAs(solution);
            double[][] byColumn = TextbookMatrices.transpose(right);
            for (int column = 0; column < columns; column++) {
                double[] expected = TextbookMatrices.solve(matrix, byColumn[column]);
                for (int row = 0; row < size; row++) {
                    assertThat(solution[row * columns + column])
                            .as("trial %d, row %d, column %d", trial, row, column)
                            .isCloseTo(expected[row], within(1e-9));
                }
            }
        }
    }

    @Test
    void readsTheLowerTriangleOnly() {
        double[] matrix = {4, Double.NaN, 2, 3};
        assertThat(PositiveDefinite.solve(matrix, 2, new double[] {8, 7}, 1))
                .containsExactly(new double[] {1.25, 1.5}, within(1e-12));
        double[] vector = {8, 7};
        // The mean diagonal is 3.5, so that a ridge of 2 adds 7 to each diagonal entry.
        new RidgeRegression(2, 2).solve(new double[] {4, Double.NaN, 2, 3}, vector);
        assertThat(vector)
                .containsExactly(
                        TextbookMatrices.solve(new double[][] {{11, 2}, {2, 10}}, vector(8, 7)), within(1e-12));
    }

    @Test
    void refusesAMatrixThatIsNotPositiveDefinite() {
        assertRefused(new double[] {1, 2, 2, 1}, 2, "-3.0 in row 1");
        assertRefused(new double[] {0}, 1, "0.0 in row 0");
        assertRefused(new double[] {1, 1, 1, 1}, 2, "0.0 in row 1");
        assertRefused(new double[] {Double.NaN}, 1, "NaN in row 0");
        RandomGenerator random = random();
        for (int trial = 0; trial < 50; trial++) {
            int size = random.nextInt(1, 10);
            double[][] matrix = TextbookMatrices.randomPositiveDefinite(random, size, 0.5);
            int row = random.nextInt(size);
            matrix[row][row] = -matrix[row][row];
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PositiveDefinite.solve(TextbookMatrices.flat(matrix), size, new double[size], 1))
                    .withMessageEndingWith("in row " + row + ")");
        }
    }

    @Test
    void ridgeRegressionSolvesTheSystemWithTheRidge() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 100; trial++) {
            int size = random.nextInt(1, 14);
            double ridge = Math.exp(random.nextDouble(-7, 1));
            double[][] matrix = TextbookMatrices.randomPositiveDefinite(random, size, 0);
            double[] right = TextbookMatrices.random(random, size);
            double trace = 0;
            for (int index = 0; index < size; index++) {
                trace += matrix[index][index];
            }
            double penalty = ridge * trace / size;
            double[] solution = right.clone();
            RidgeRegression regression = new RidgeRegression(size, ridge);
            regression.solve(TextbookMatrices.flat(matrix), solution);
            double[][] system = TextbookMatrices.sum(matrix, penalty, TextbookMatrices.identity(size));
            assertThat(regression.penalty()).isCloseTo(penalty, within(1e-12 * penalty));
            assertThat(solution)
                    .as("trial %d, ridge %s", trial, ridge)
                    .containsExactly(TextbookMatrices.solve(system, right), within(1e-8));
        }
    }

    @Test
    void aRidgeBoundsTheSolutionOfASingularSystem() {
        // Two equal directions share the coefficient, and the third is not determined by the data.
        double[] matrix = {1, 1, 0, 1, 1, 0, 0, 0, 0};
        double[] vector = {2, 2, 0};
        new RidgeRegression(3, 1e-6).solve(matrix, vector);
        assertThat(vector).containsExactly(new double[] {1, 1, 0}, within(1e-5));
    }

    @Test
    void oneSolverSolvesManySystemsIndependently() {
        RandomGenerator random = random();
        RidgeRegression reused = new RidgeRegression(4, 0.01);
        for (int trial = 0; trial < 20; trial++) {
            double[] matrix = TextbookMatrices.flat(TextbookMatrices.randomPositiveDefinite(random, 4, 0));
            double[] vector = TextbookMatrices.random(random, 4);
            double[] expected = vector.clone();
            new RidgeRegression(4, 0.01).solve(matrix.clone(), expected);
            reused.solve(matrix, vector);
            assertThat(vector).containsExactly(expected);
        }
    }

    @Test
    void aZeroMatrixHasTheSolutionZeroAndANaNStaysVisible() {
        RidgeRegression regression = new RidgeRegression(2, 0.1);
        double[] vector = {3, 4};
        regression.solve(new double[4], vector);
        assertThat(vector).containsOnly(0);
        assertThat(regression.penalty()).isZero();
        vector = new double[] {3, 4};
        regression.solve(new double[] {Double.NaN, 0, 0, 1}, vector);
        assertThat(vector).containsOnly(Double.NaN);
    }

    private static double[] vector(double... values) {
        return values;
    }

    private static void assertRefused(double[] matrix, int size, String pivot) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PositiveDefinite.solve(matrix, size, new double[size], 1))
                .withMessage("the matrix must be positive definite (got pivot " + pivot + ")");
    }
}
