package dev.noether.model.symmetry.learned;

import dev.noether.model.numeric.Vectors;

/**
 * The sufficient statistics of the pairs for {@link GeneratorCovarianceEstimator}: {@code AᵀA}, {@code AᵀD} and
 * {@code ‖D‖²} of each pair, with D its difference and A the velocities of the generators at its midpoint. Immutable
 * once built.
 */
final class PairProducts {
    private final double[][][] normal;
    private final double[][] moments;
    private final double[] squares;
    private double totalSquares;

    private PairProducts(int pairs, int size) {
        normal = new double[pairs][size][size];
        moments = new double[pairs][size];
        squares = new double[pairs];
    }

    /** The products of all pairs, in O(pairs · size² · length). */
    static PairProducts of(SeriesPairs pairs, GeneratorDictionary dictionary) {
        int size = dictionary.size();
        PairProducts products = new PairProducts(pairs.count(), size);
        double[] difference = new double[pairs.length()];
        double[] point = new double[pairs.length()];
        double[][] velocities = new double[size][pairs.length()];
        for (int pair = 0; pair < pairs.count(); pair++) {
            pairs.copyPair(pair, difference, point);
            dictionary.velocities(point, velocities);
            products.set(pair, difference, velocities);
        }
        return products;
    }

    private void set(int pair, double[] difference, double[][] velocities) {
        for (int row = 0; row < velocities.length; row++) {
            moments[pair][row] = Vectors.dot(velocities[row], difference);
            for (int column = 0; column <= row; column++) {
                double product = Vectors.dot(velocities[row], velocities[column]);
                normal[pair][row][column] = product;
                normal[pair][column][row] = product;
            }
        }
        squares[pair] = Vectors.dot(difference, difference);
        totalSquares += squares[pair];
    }

    /** Number of pairs. */
    int count() {
        return squares.length;
    }

    /** Number of generators. */
    int size() {
        return moments[0].length;
    }

    /** {@code AᵀA} of a pair, {@code [size][size]}; not a copy. */
    double[][] normal(int pair) {
        return normal[pair];
    }

    /** {@code AᵀD} of a pair, {@code [size]}; not a copy. */
    double[] moments(int pair) {
        return moments[pair];
    }

    /** {@code ‖D‖²} of a pair. */
    double squares(int pair) {
        return squares[pair];
    }

    /** The sum of {@code ‖D‖²} over the pairs. */
    double totalSquares() {
        return totalSquares;
    }

    /**
     * A diagonal Σ with which the generators together explain the size of the differences; 0 for one that never moves.
     */
    double[][] initialCovariance() {
        int size = size();
        double[][] covariance = new double[size][size];
        for (int index = 0; index < size; index++) {
            double velocity = 0;
            for (double[][] matrix : normal) {
                velocity += matrix[index][index];
            }
            covariance[index][index] = velocity > 0 ? totalSquares / velocity / size : 0;
        }
        return covariance;
    }
}
