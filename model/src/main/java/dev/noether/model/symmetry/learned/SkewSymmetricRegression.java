package dev.noether.model.symmetry.learned;

import dev.noether.model.numeric.Matrices;
import dev.noether.model.numeric.SymmetricEigendecomposition;
import dev.noether.model.numeric.Vectors;

/**
 * Weighted least squares for a skew-symmetric matrix G: minimises {@code Σ w ‖D − ε G m‖²} with a ridge.
 *
 * <p>With {@code S = Σ w ε² m mᵀ = V Λ Vᵀ} and {@code K = Σ w ε D mᵀ} the solution is
 * {@code G = V [(Vᵀ(K − Kᵀ)V)_ab / (λ_a + λ_b + 2μ)] Vᵀ}, where {@code μ = 0.001 · λ_max}. One instance solves one
 * regression.
 */
final class SkewSymmetricRegression {
    private static final double RIDGE = 1e-3;

    private final int size;
    private final double[][] squares;
    private final double[][] products;

    /** A regression without observations, for matrices {@code [size][size]}. */
    SkewSymmetricRegression(int size) {
        this.size = size;
        this.squares = new double[size][size];
        this.products = new double[size][size];
    }

    /**
     * Adds an observation.
     *
     * @param target D, {@code [size]}
     * @param point m, {@code [size]}
     * @param step ε
     * @param weight w, at least 0
     */
    void add(double[] target, double[] point, double step, double weight) {
        double weightedStep = weight * step;
        for (int row = 0; row < size; row++) {
            Vectors.addMultiple(squares[row], weightedStep * step * point[row], point);
            Vectors.addMultiple(products[row], weightedStep * target[row], point);
        }
    }

    /** The solution G, {@code [size][size]}; overwrites the sums. */
    double[][] solve() {
        SymmetricEigendecomposition decomposition = SymmetricEigendecomposition.of(squares);
        double[] values = decomposition.values();
        double[][] rows = decomposition.vectors();
        double[][] columns = Matrices.transpose(rows);
        double[][] skew = new double[size][size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                skew[row][column] = products[row][column] - products[column][row];
            }
        }
        double[][] inside = Matrices.product(rows, Matrices.product(skew, columns));
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                inside[row][column] /=
                        Math.max(Double.MIN_NORMAL, values[row] + values[column] + 2 * RIDGE * values[0]);
            }
        }
        return Matrices.product(columns, Matrices.product(inside, rows));
    }
}
