package dev.noether.model.numeric;

/** Solves linear equations with a symmetric, positive definite matrix by Cholesky decomposition. Stateless. */
public final class PositiveDefinite {
    private PositiveDefinite() {}

    /**
     * Solves {@code matrix · x = right}.
     *
     * @param matrix row-major {@code [size, size]}, of which the lower triangle is read; overwritten by its factor
     * @param right row-major {@code [size, columns]}; overwritten by the solution
     * @return {@code right}
     * @throws IllegalArgumentException if the matrix is not positive definite
     */
    public static double[] solve(double[] matrix, int size, double[] right, int columns) {
        decompose(matrix, size);
        for (int row = 0; row < size; row++) {
            for (int before = 0; before < row; before++) {
                subtract(right, row, before, matrix[row * size + before], columns);
            }
            divide(right, row, matrix[row * size + row], columns);
        }
        for (int row = size - 1; row >= 0; row--) {
            for (int below = row + 1; below < size; below++) {
                subtract(right, row, below, matrix[below * size + row], columns);
            }
            divide(right, row, matrix[row * size + row], columns);
        }
        return right;
    }

    private static void decompose(double[] matrix, int size) {
        for (int row = 0; row < size; row++) {
            for (int column = 0; column <= row; column++) {
                double sum = matrix[row * size + column];
                for (int index = 0; index < column; index++) {
                    sum -= matrix[row * size + index] * matrix[column * size + index];
                }
                if (row != column) {
                    matrix[row * size + column] = sum / matrix[column * size + column];
                } else if (sum > 0) {
                    matrix[row * size + row] = Math.sqrt(sum);
                } else {
                    throw new IllegalArgumentException(
                            "the matrix must be positive definite (got pivot " + sum + " in row " + row + ")");
                }
            }
        }
    }

    private static void subtract(double[] right, int row, int other, double factor, int columns) {
        for (int j = 0; j < columns; j++) {
            right[row * columns + j] -= factor * right[other * columns + j];
        }
    }

    private static void divide(double[] right, int row, double divisor, int columns) {
        for (int j = 0; j < columns; j++) {
            right[row * columns + j] /= divisor;
        }
    }
}
