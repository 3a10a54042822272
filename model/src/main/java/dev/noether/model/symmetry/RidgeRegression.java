package dev.noether.model.symmetry;

import java.util.Arrays;

/**
 * Solves {@code (M + μI) ε = b} for a small positive semidefinite M by Cholesky decomposition, {@code μ = ridge · tr(M) / n}
 * (Proposition 2 of the paper, with a ridge). Double precision, in place, allocation-free. Not thread-safe.
 */
final class RidgeRegression {
    private final int size;
    private final double ridge;
    private double penalty;

    RidgeRegression(int size, double ridge) {
        this.size = size;
        this.ridge = ridge;
    }

    /** The μ of the last {@link #solve}. */
    double penalty() {
        return penalty;
    }

    /**
     * Solves for {@code ε}.
     *
     * @param matrix M, {@code [size, size]}, of which the lower triangle is read; overwritten by its factor
     * @param vector b; overwritten by ε
     */
    void solve(double[] matrix, double[] vector) {
        double trace = 0;
        for (int row = 0; row < size; row++) {
            trace += matrix[row * size + row];
        }
        penalty = ridge * trace / size;
        if (!(penalty > 0)) {
            // No generator moves the point: no coefficient is better than another, and the smallest is 0.
            Arrays.fill(vector, 0, size, trace == 0 ? 0 : Double.NaN);
            return;
        }
        decompose(matrix);
        for (int row = 0; row < size; row++) {
            double sum = vector[row];
            for (int column = 0; column < row; column++) {
                sum -= matrix[row * size + column] * vector[column];
            }
            vector[row] = sum / matrix[row * size + row];
        }
        for (int row = size - 1; row >= 0; row--) {
            double sum = vector[row];
            for (int below = row + 1; below < size; below++) {
                sum -= matrix[below * size + row] * vector[below];
            }
            vector[row] = sum / matrix[row * size + row];
        }
    }

    private void decompose(double[] matrix) {
        for (int row = 0; row < size; row++) {
            for (int column = 0; column <= row; column++) {
                double sum = matrix[row * size + column];
                for (int index = 0; index < column; index++) {
                    sum -= matrix[row * size + index] * matrix[column * size + index];
                }
                if (row == column) {
                    // Every pivot of M + μI is at least μ; rounding in M may hide that.
                    matrix[row * size + row] = Math.sqrt(Math.max(sum + penalty, penalty));
                } else {
                    matrix[row * size + column] = sum / matrix[column * size + column];
                }
            }
        }
    }
}
