package dev.noether.model.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;

/** Operations on matrices as in a textbook, in double precision. Shares no code with the code under test. */
public final class TextbookMatrices {
    private TextbookMatrices() {}

    /** A matrix of standard normal numbers. */
    public static double[][] random(RandomGenerator random, int rows, int columns) {
        double[][] matrix = new double[rows][columns];
        for (double[] row : matrix) {
            for (int column = 0; column < columns; column++) {
                row[column] = random.nextGaussian();
            }
        }
        return matrix;
    }

    /** A vector of standard normal numbers. */
    public static double[] random(RandomGenerator random, int length) {
        return random(random, 1, length)[0];
    }

    /** A random matrix A with {@code Aᵀ = −A} and Frobenius norm 1. */
    public static double[][] randomSkewSymmetric(RandomGenerator random, int size) {
        double[][] matrix = new double[size][size];
        double squares = 0;
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < row; column++) {
                matrix[row][column] = random.nextGaussian();
                matrix[column][row] = -matrix[row][column];
                squares += 2 * matrix[row][column] * matrix[row][column];
            }
        }
        for (double[] row : matrix) {
            for (int column = 0; column < size; column++) {
                row[column] /= Math.sqrt(squares);
            }
        }
        return matrix;
    }

    /** A random symmetric matrix. */
    public static double[][] randomSymmetric(RandomGenerator random, int size) {
        double[][] matrix = random(random, size, size);
        return sum(matrix, 1, transpose(matrix));
    }

    /** A random matrix {@code A Aᵀ + shift · I}. */
    public static double[][] randomPositiveDefinite(RandomGenerator random, int size, double shift) {
        double[][] factor = random(random, size, size);
        return sum(product(factor, transpose(factor)), shift, identity(size));
    }

    public static double[][] identity(int size) {
        double[][] identity = new double[size][size];
        for (int index = 0; index < size; index++) {
            identity[index][index] = 1;
        }
        return identity;
    }

    public static double[][] product(double[][] left, double[][] right) {
        double[][] product = new double[left.length][right[0].length];
        for (int row = 0; row < left.length; row++) {
            for (int column = 0; column < right[0].length; column++) {
                for (int index = 0; index < right.length; index++) {
                    product[row][column] += left[row][index] * right[index][column];
                }
            }
        }
        return product;
    }

    public static double[] product(double[][] matrix, double[] vector) {
        double[] product = new double[matrix.length];
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column < vector.length; column++) {
                product[row] += matrix[row][column] * vector[column];
            }
        }
        return product;
    }

    public static double[][] transpose(double[][] matrix) {
        double[][] transpose = new double[matrix[0].length][matrix.length];
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column < matrix[0].length; column++) {
                transpose[column][row] = matrix[row][column];
            }
        }
        return transpose;
    }

    /** {@code left + factor · right}. */
    public static double[][] sum(double[][] left, double factor, double[][] right) {
        double[][] sum = new double[left.length][left[0].length];
        for (int row = 0; row < left.length; row++) {
            for (int column = 0; column < left[0].length; column++) {
                sum[row][column] = left[row][column] + factor * right[row][column];
            }
        }
        return sum;
    }

    public static double norm(double[] vector) {
        double squares = 0;
        for (double value : vector) {
            squares += value * value;
        }
        return Math.sqrt(squares);
    }

    /** Solves {@code matrix · x = right} by Gaussian elimination with partial pivoting. */
    public static double[] solve(double[][] matrix, double[] right) {
        int size = right.length;
        double[][] rows = new double[size][size + 1];
        for (int row = 0; row < size; row++) {
            System.arraycopy(matrix[row], 0, rows[row], 0, size);
            rows[row][size] = right[row];
        }
        for (int column = 0; column < size; column++) {
            int pivot = column;
            for (int row = column + 1; row < size; row++) {
                pivot = Math.abs(rows[row][column]) > Math.abs(rows[pivot][column]) ? row : pivot;
            }
            double[] pivotRow = rows[pivot];
            rows[pivot] = rows[column];
            rows[column] = pivotRow;
            for (int row = 0; row < size; row++) {
                double factor = row == column ? 0 : rows[row][column] / pivotRow[column];
                for (int index = column; index <= size; index++) {
                    rows[row][index] -= factor * pivotRow[index];
                }
            }
        }
        double[] solution = new double[size];
        for (int row = 0; row < size; row++) {
            solution[row] = rows[row][size] / rows[row][row];
        }
        return solution;
    }

    /** The matrix in one array, row after row. */
    public static double[] flat(double[][] matrix) {
        double[] flat = new double[matrix.length * matrix[0].length];
        for (int row = 0; row < matrix.length; row++) {
            System.arraycopy(matrix[row], 0, flat, row * matrix[0].length, matrix[0].length);
        }
        return flat;
    }

    public static void assertClose(double[][] actual, double[][] expected, double tolerance) {
        assertThat(actual).hasDimensions(expected.length, expected[0].length);
        for (int row = 0; row < expected.length; row++) {
            for (int column = 0; column < expected[row].length; column++) {
                assertThat(actual[row][column])
                        .as("row %d, column %d", row, column)
                        .isCloseTo(expected[row][column], within(tolerance));
            }
        }
    }
}
