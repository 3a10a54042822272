package dev.noether.model.symmetry.learned;

import dev.noether.model.numeric.Matrices;
import dev.noether.model.numeric.SymmetricEigendecomposition;

/**
 * How much each generator of a dictionary contributes to the differences of neighbours: the covariance Σ of the
 * generators' weights, which are random with mean 0, and the variance of the noise that no generator explains.
 * Immutable and thread-safe.
 */
public final class GeneratorCovariance {
    private final double[][] covariance;
    private final double noiseVariance;
    private final double explained;
    private final SymmetricEigendecomposition decomposition;
    private final double[] strengths;
    private final double[][] generators;

    GeneratorCovariance(double[][] covariance, double noiseVariance, double explained) {
        this.covariance = Matrices.copy(covariance);
        this.noiseVariance = noiseVariance;
        this.explained = explained;
        this.decomposition = SymmetricEigendecomposition.of(Matrices.copy(covariance));
        this.strengths = decomposition.values();
        this.generators = decomposition.vectors();
    }

    /** Number of generators in the dictionary. */
    public int size() {
        return covariance.length;
    }

    /** A copy of the covariance Σ of the weights, {@code [size][size]}. */
    public double[][] covariance() {
        return Matrices.copy(covariance);
    }

    /** Variance of the noise in one value of the difference of a pair. */
    public double noiseVariance() {
        return noiseVariance;
    }

    /** The share of the squared differences that the generators explain, in [0, 1]; 0 if all differences are 0. */
    public double explainedShare() {
        return explained;
    }

    /**
     * A copy of a learned generator as its weights in the dictionary, {@code [size]}, a unit vector: an eigenvector of
     * Σ.
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

    /**
     * The symmetric root Σ^{1/2}, {@code [size][size]}. Times standard normal numbers it is weights of covariance Σ.
     */
    double[][] root() {
        return decomposition.squareRoot();
    }
}
