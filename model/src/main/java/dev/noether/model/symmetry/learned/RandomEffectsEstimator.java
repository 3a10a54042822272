package dev.noether.model.symmetry.learned;

import dev.noether.model.numeric.SymmetricEigendecomposition;
import java.util.Arrays;

/**
 * Learns how much of each generator separates neighbours, by expectation maximisation of a random-effects model (Laird and
 * Ware, 1982).
 *
 * <p>The difference of a pair is {@code D = A w + e}: the columns of A are the generators at the pair's midpoint, the
 * weights {@code w ~ N(0, Σ)} are the pair's own, the noise is {@code e ~ N(0, σ²I)}. With f = 1,
 * <pre>
 *   E:  C = (f AᵀA/σ² + Σ⁻¹)⁻¹,  μ = C f AᵀD/σ²
 *   M:  Σ = mean(μμᵀ + C),  σ² = mean(‖D − Aμ‖² + tr(AᵀA C)) / length
 * </pre>
 * The weights of all pairs are never fitted one by one, which would turn noise into motion: where there is no symmetry, Σ
 * shrinks of itself. Smoothing leaves fewer independent values than the series has, and {@code f = min(1, 1/(3.54 · its
 * deviation))} says how many. A pair enters by {@code AᵀA}, {@code AᵀD} and {@code ‖D‖²} alone, so that a round does not
 * depend on the length of the series.
 *
 * @param rounds number of rounds, at least 1
 */
public record RandomEffectsEstimator(int rounds) {
    /** 2√π: a Gaussian of deviation 1 averages over so many independent samples. */
    private static final double SAMPLES_PER_DEVIATION = 3.54;

    /** Least noise, as a share of the mean square difference: data without noise has a likelihood without bound. */
    private static final double LEAST_NOISE = 1e-9;

    /** Checks the number of rounds. */
    public RandomEffectsEstimator {
        if (!(rounds >= 1)) {
            throw new IllegalArgumentException("`rounds` must be at least 1 (got %d)".formatted(rounds));
        }
    }

    /** Forty rounds. */
    public static RandomEffectsEstimator defaults() {
        return new RandomEffectsEstimator(40);
    }

    /** Estimates the covariance of the weights and the noise. Pairs that do not differ at all give zeros. */
    public RandomEffects estimate(NeighbourPairs pairs, GeneratorDictionary dictionary) {
        Products products = Products.of(pairs, dictionary);
        double meanSquare = products.squares / pairs.count() / pairs.length();
        double information = Math.min(1, 1 / (SAMPLES_PER_DEVIATION * pairs.smoothing()));
        double[][] covariance = products.initialCovariance();
        double noise = meanSquare;
        Expectation expectation = new Expectation(products, information);
        for (int round = 0; round < rounds && meanSquare > 0; round++) {
            expectation.run(covariance, noise);
            covariance = expectation.covariance();
            noise = Math.max(expectation.unexplained() / pairs.length(), LEAST_NOISE * meanSquare);
        }
        double explained = meanSquare > 0 ? Math.max(0, 1 - noise / meanSquare) : 0;
        return new RandomEffects(covariance, meanSquare > 0 ? noise : 0, explained);
    }

    /** What the pairs say about the weights. */
    private static final class Products {
        private final double[][][] normal;
        private final double[][] moments;
        private final double[] differences;
        private double squares;

        private Products(int pairs, int size) {
            normal = new double[pairs][size][size];
            moments = new double[pairs][size];
            differences = new double[pairs];
        }

        static Products of(NeighbourPairs pairs, GeneratorDictionary dictionary) {
            int size = dictionary.size();
            Products products = new Products(pairs.count(), size);
            double[] difference = new double[pairs.length()];
            double[] midpoint = new double[pairs.length()];
            double[][] columns = new double[size][pairs.length()];
            for (int pair = 0; pair < pairs.count(); pair++) {
                pairs.copyPair(pair, difference, midpoint);
                dictionary.velocities(midpoint, columns);
                for (int row = 0; row < size; row++) {
                    products.moments[pair][row] = Matrices.dot(columns[row], difference);
                    for (int column = 0; column <= row; column++) {
                        double product = Matrices.dot(columns[row], columns[column]);
                        products.normal[pair][row][column] = product;
                        products.normal[pair][column][row] = product;
                    }
                }
                products.differences[pair] = Matrices.dot(difference, difference);
                products.squares += products.differences[pair];
            }
            return products;
        }

        /** Diagonal, and such that the generators together explain the differences in size; 0 for one that never moves. */
        double[][] initialCovariance() {
            int size = moments[0].length;
            double[][] covariance = new double[size][size];
            for (int index = 0; index < size; index++) {
                double velocity = 0;
                for (double[][] matrix : normal) {
                    velocity += matrix[index][index];
                }
                covariance[index][index] = velocity > 0 ? squares / velocity / size : 0;
            }
            return covariance;
        }
    }

    /**
     * One round. With {@code Σ = R²} it computes {@code C = R (I + f R AᵀA R/σ²)⁻¹ R}, which needs no inverse of a Σ that may
     * have shrunk to a singular one.
     */
    private static final class Expectation {
        private final Products products;
        private final double information;
        private final int size;
        private final double[][] sum;
        private double unexplained;

        Expectation(Products products, double information) {
            this.products = products;
            this.information = information;
            this.size = products.moments[0].length;
            this.sum = new double[size][size];
        }

        void run(double[][] covariance, double noise) {
            SymmetricEigendecomposition decomposition = SymmetricEigendecomposition.of(RandomEffects.copy(covariance));
            double[][] root = RandomEffects.root(decomposition.values(), decomposition.vectors());
            for (double[] row : sum) {
                Arrays.fill(row, 0);
            }
            unexplained = 0;
            double precision = information / noise;
            for (int pair = 0; pair < products.differences.length; pair++) {
                add(pair, root, precision);
            }
        }

        private void add(int pair, double[][] root, double precision) {
            double[][] normal = products.normal[pair];
            double[][] inner = Matrices.product(root, Matrices.product(normal, root));
            for (int row = 0; row < size; row++) {
                for (int column = 0; column < size; column++) {
                    inner[row][column] = precision * inner[row][column] + (row == column ? 1 : 0);
                }
            }
            double[][] posterior = Matrices.product(root, Matrices.product(Matrices.inverse(inner), root));
            double[] mean = Matrices.product(posterior, products.moments[pair]);
            double residual = products.differences[pair];
            for (int row = 0; row < size; row++) {
                mean[row] *= precision;
            }
            for (int row = 0; row < size; row++) {
                residual -= 2 * mean[row] * products.moments[pair][row];
                for (int column = 0; column < size; column++) {
                    double second = mean[row] * mean[column] + posterior[row][column];
                    residual += normal[row][column] * second;
                    sum[row][column] += second;
                }
            }
            unexplained += residual;
        }

        /** The mean of μμᵀ + C over the pairs. */
        double[][] covariance() {
            double[][] covariance = new double[size][size];
            for (int row = 0; row < size; row++) {
                for (int column = 0; column < size; column++) {
                    covariance[row][column] = (sum[row][column] + sum[column][row]) / (2 * products.differences.length);
                }
            }
            return covariance;
        }

        /** The mean over the pairs of ‖D − Aμ‖² + tr(AᵀA C). */
        double unexplained() {
            return unexplained / products.differences.length;
        }
    }
}
