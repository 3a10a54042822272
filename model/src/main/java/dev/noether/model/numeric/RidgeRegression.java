package dev.noether.model.numeric;

import java.util.Arrays;

/**
 * Solves {@code (M + μI) ε = b} for a small positive semidefinite M of size n by Cholesky decomposition without roots,
 * with {@code μ = ridge · tr(M) / n} (Proposition 2 of the paper, with a ridge). In double precision and in place;
 * allocates nothing per call. Not thread-safe.
 */
public final class RidgeRegression {
    private final int size;
    private final double ridge;
    private final double[] reciprocals;
    private final double[] column;
    private double penalty;

    /**
     * A solver of systems of one size.
     *
     * @param size n, at least 1
     * @param ridge factor of μ relative to the mean diagonal of M, above 0
     */
    public RidgeRegression(int size, double ridge) {
        this.size = size;
        this.ridge = ridge;
        this.reciprocals = new double[size];
        this.column = new double[size];
    }

    /** The μ of the last {@link #solve}. */
    public double penalty() {
        return penalty;
    }

    /**
     * Solves for ε. If M is 0, ε is 0.
     *
     * @param matrix M, {@code [size, size]}, of which the lower triangle is read; overwritten by its factor
     * @param vector b; overwritten by ε
     */
    public void solve(double[] matrix, double[] vector) {
        double trace = 0;
        for (int row = 0; row < size; row++) {
            trace += matrix[row * size + row];
        }
        penalty = ridge * trace / size;
        if (!(penalty > 0)) {
            // M is 0, so that every solution is equally good; the smallest is 0. A NaN in M results in NaN.
            Arrays.fill(vector, 0, size, trace == 0 ? 0 : Double.NaN);
            return;
        }
        eliminate(matrix, vector);
        for (int row = size - 1; row >= 0; row--) {
            double solution = vector[row] * reciprocals[row];
            for (int below = row + 1; below < size; below++) {
                solution -= matrix[below * size + row] * vector[below];
            }
            vector[row] = solution;
        }
    }

    /**
     * Decomposes {@code M + μI = L D Lᵀ} and replaces b by {@code L⁻¹ b}, column by column. The products that a column
     * subtracts from the later columns are independent of each other.
     */
    private void eliminate(double[] matrix, double[] vector) {
        for (int pivot = 0; pivot < size; pivot++) {
            // Every pivot of M + μI is at least μ, but rounding errors in M may be larger than μ.
            double reciprocal = 1 / Math.max(matrix[pivot * size + pivot] + penalty, penalty);
            reciprocals[pivot] = reciprocal;
            for (int row = pivot + 1; row < size; row++) {
                int offset = row * size;
                column[row] = matrix[offset + pivot];
                double factor = column[row] * reciprocal;
                matrix[offset + pivot] = factor;
                vector[row] -= factor * vector[pivot];
                for (int other = pivot + 1; other <= row; other++) {
                    matrix[offset + other] -= factor * column[other];
                }
            }
        }
    }
}
