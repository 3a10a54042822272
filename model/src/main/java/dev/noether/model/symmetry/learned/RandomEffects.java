package dev.noether.model.symmetry.learned;

import dev.noether.model.numeric.SymmetricEigendecomposition;
import java.util.Arrays;

/**
 * How much of each generator of a dictionary separates neighbours: their weights are random with mean 0 and this
 * covariance, and what no generator explains is noise. Immutable and thread-safe.
 */
public final class RandomEffects {
    private final double[][] covariance;
    private final double noiseVariance;
    private final double explained;
    private final double[] strengths;
    private final double[][] generators;

    RandomEffects(double[][] covariance, double noiseVariance, double explained) {
        this.covariance = copy(covariance);
        this.noiseVariance = noiseVariance;
        this.explained = explained;
        SymmetricEigendecomposition decomposition = SymmetricEigendecomposition.of(copy(covariance));
        this.strengths = decomposition.values();
        this.generators = decomposition.vectors();
    }

    /** Number of generators in the dictionary. */
    public int size() {
        return covariance.length;
    }

    /** A copy of the covariance Σ of the weights, {@code [size][size]}. */
    public double[][] covariance() {
        return copy(covariance);
    }

    /** Variance of a value's noise in the difference of a pair. */
    public double noiseVariance() {
        return noiseVariance;
    }

    /** The share of the squared differences that the motions explain, in [0, 1]; 0 where all differences are 0. */
    public double explainedShare() {
        return explained;
    }

    /**
     * A copy of a learned generator as its weights in the dictionary, {@code [size]}, a unit vector: an eigenvector of Σ.
     *
     * @param index in [0, {@link #size()}), in the order of falling strength
     */
    public double[] generator(int index) {
        return generators[index].clone();
    }

    /** The variance of the steps along a learned generator: the eigenvalue of Σ, at least 0. */
    public double strength(int index) {
        return Math.max(0, strengths[index]);
    }

    /** The symmetric Σ^{1/2}, {@code [size][size]}: what makes weights of standard normal numbers. */
    double[][] root() {
        return root(strengths, generators);
    }

    static double[][] root(double[] values, double[][] vectors) {
        int size = values.length;
        double[][] root = new double[size][size];
        for (int index = 0; index < size; index++) {
            double deviation = Math.sqrt(Math.max(0, values[index]));
            for (int row = 0; row < size; row++) {
                for (int column = 0; column < size; column++) {
                    root[row][column] += deviation * vectors[index][row] * vectors[index][column];
                }
            }
        }
        return root;
    }

    static double[][] copy(double[][] matrix) {
        return Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
    }
}
