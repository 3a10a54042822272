package dev.noether.model.symmetry.learned;

import dev.noether.model.numeric.Matrices;
import dev.noether.model.numeric.SymmetricEigendecomposition;
import java.util.Arrays;

/**
 * The expectation step of {@link GeneratorCovarianceEstimator}: the moments of the weights of all pairs for given Σ and
 * σ².
 *
 * <p>With {@code Σ = R²} it computes {@code C = R (I + f R AᵀA R/σ²)⁻¹ R}, which needs no inverse of Σ and so allows a
 * singular Σ. Not thread-safe.
 */
final class ExpectationStep {
    private final PairProducts products;
    private final double information;
    private final int size;
    private final double[][] sum;
    private double unexplained;

    /**
     * A step for the products of the pairs.
     *
     * @param information f, the share of independent values in a series, in (0, 1]
     */
    ExpectationStep(PairProducts products, double information) {
        this.products = products;
        this.information = information;
        this.size = products.size();
        this.sum = new double[size][size];
    }

    /** Computes the moments for a covariance Σ and a variance σ² of the noise. */
    void run(double[][] covariance, double noise) {
        double[][] root =
                SymmetricEigendecomposition.of(Matrices.copy(covariance)).squareRoot();
        for (double[] row : sum) {
            Arrays.fill(row, 0);
        }
        unexplained = 0;
        double precision = information / noise;
        for (int pair = 0; pair < products.count(); pair++) {
            add(pair, root, precision);
        }
    }

    /** The mean of {@code μμᵀ + C} over the pairs, {@code [size][size]}. */
    double[][] covariance() {
        double[][] covariance = new double[size][size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                covariance[row][column] = (sum[row][column] + sum[column][row]) / (2 * products.count());
            }
        }
        return covariance;
    }

    /** The mean of {@code ‖D − Aμ‖² + tr(AᵀA C)} over the pairs. */
    double unexplained() {
        return unexplained / products.count();
    }

    private void add(int pair, double[][] root, double precision) {
        double[][] normal = products.normal(pair);
        double[] moments = products.moments(pair);
        double[][] posterior = posteriorCovariance(normal, root, precision);
        double[] mean = Matrices.product(posterior, moments);
        for (int row = 0; row < size; row++) {
            mean[row] *= precision;
        }
        double residual = products.squares(pair);
        for (int row = 0; row < size; row++) {
            residual -= 2 * mean[row] * moments[row];
            for (int column = 0; column < size; column++) {
                double second = mean[row] * mean[column] + posterior[row][column];
                residual += normal[row][column] * second;
                sum[row][column] += second;
            }
        }
        unexplained += residual;
    }

    /** The posterior covariance C of a pair's weights. */
    private double[][] posteriorCovariance(double[][] normal, double[][] root, double precision) {
        double[][] inner = Matrices.product(root, Matrices.product(normal, root));
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                inner[row][column] = precision * inner[row][column] + (row == column ? 1 : 0);
            }
        }
        return Matrices.product(root, Matrices.product(Matrices.inverse(inner), root));
    }
}
