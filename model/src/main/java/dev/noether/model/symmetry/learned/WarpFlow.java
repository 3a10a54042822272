package dev.noether.model.symmetry.learned;

import static java.util.Objects.requireNonNull;

import dev.noether.model.numeric.Matrices;
import dev.noether.model.numeric.SymmetricEigendecomposition;
import dev.noether.model.numeric.Vectors;
import java.util.random.RandomGenerator;

/**
 * Motions of the time axis along a velocity {@code v(t) = Σ w_b φ_b(t)} with the basis φ of {@link TimeWarpGenerators}.
 * The weights are random, {@code w = F ξ} with {@code ξ ~ N(0, I)}; F is learned, {@code F = Σ^{1/2}}, or prescribed.
 *
 * <p>The position p of every sample follows {@code p′ = v(p)} from {@code p = t} in four Euler steps. The moved series
 * is {@code y(t) = x(p(t))}. Both v and x are interpolated linearly. A position outside the series takes the value at
 * its edge.
 */
public final class WarpFlow implements SymmetryFlow {
    private static final int EULER_STEPS = 4;

    /** Standard deviation, in samples, of the prescribed shift; the weight of element b has this divided by 1 + b. */
    private static final double PRESCRIBED_DEVIATION = 4;

    private static final int PRESCRIBED_SIZE = 6;

    private final double[][] factor;
    private final double[][] basis;

    private WarpFlow(double[][] factor, double[][] basis) {
        this.factor = factor;
        this.basis = basis;
    }

    /**
     * The learned flow of a dictionary of {@link TimeWarpGenerators}.
     *
     * @param covariance the learned covariance Σ of the weights
     * @param length values per series, at least 1
     */
    public static WarpFlow learned(GeneratorCovariance covariance, int length) {
        requireNonNull(covariance, "covariance");
        return new WarpFlow(covariance.root(), TimeWarpGenerators.table(covariance.size(), length));
    }

    /**
     * The learned flow of a dictionary of {@link TimeWarpGenerators}.
     *
     * @param covariance Σ of the weights, symmetric and positive semidefinite
     * @param length values per series, at least 1
     */
    public static WarpFlow learned(double[][] covariance, int length) {
        return new WarpFlow(
                SymmetricEigendecomposition.of(Matrices.copy(covariance)).squareRoot(),
                TimeWarpGenerators.table(covariance.length, length));
    }

    /**
     * The prescribed flow, independent of the data: six elements, element b with a standard deviation of 4 / (1 + b)
     * samples.
     */
    public static WarpFlow prescribed(int length) {
        double[][] factor = new double[PRESCRIBED_SIZE][PRESCRIBED_SIZE];
        for (int index = 0; index < PRESCRIBED_SIZE; index++) {
            factor[index][index] = PRESCRIBED_DEVIATION / (1 + index);
        }
        return new WarpFlow(factor, TimeWarpGenerators.table(PRESCRIBED_SIZE, length));
    }

    @Override
    public void move(double[] series, int turn, RandomGenerator random, double[] moved) {
        double[] normals = new double[factor.length];
        for (int index = 0; index < normals.length; index++) {
            normals[index] = random.nextGaussian();
        }
        move(series, Matrices.product(factor, normals), moved);
    }

    /**
     * Moves a series by given weights.
     *
     * @param series {@code [length]}
     * @param weights w, one for each element of the dictionary
     * @param moved receives {@code [length]}; must not be the series itself
     */
    public void move(double[] series, double[] weights, double[] moved) {
        double[] velocity = velocity(weights);
        for (int time = 0; time < series.length; time++) {
            // The first step starts at a sample and needs no interpolation.
            double position = time + velocity[time] / EULER_STEPS;
            for (int step = 1; step < EULER_STEPS; step++) {
                position += interpolated(velocity, position) / EULER_STEPS;
            }
            moved[time] = interpolated(series, position);
        }
    }

    /** Number of elements of the dictionary. */
    public int elements() {
        return basis.length;
    }

    /** The standard deviation of the weight of an element over the random motions. */
    public double deviation(int element) {
        return Math.sqrt(Vectors.dot(factor[element], factor[element]));
    }

    /** The velocity of every sample in samples, {@code [length]}, for given weights. */
    public double[] velocity(double[] weights) {
        if (weights.length != basis.length) {
            throw new IllegalArgumentException(
                    "`weights` must be of length " + basis.length + " (got " + weights.length + ")");
        }
        double[] velocity = new double[basis[0].length];
        for (int index = 0; index < weights.length; index++) {
            Vectors.addMultiple(velocity, weights[index], basis[index]);
        }
        return velocity;
    }

    @Override
    public WarpFlow scaled(double strength) {
        FlowArguments.requireStrength(strength);
        double[][] scaled = Matrices.copy(factor);
        for (double[] row : scaled) {
            for (int column = 0; column < row.length; column++) {
                row[column] *= strength;
            }
        }
        return new WarpFlow(scaled, basis);
    }

    private static double interpolated(double[] values, double position) {
        if (!(position > 0)) {
            return values[0];
        }
        int before = (int) position;
        if (before >= values.length - 1) {
            return values[values.length - 1];
        }
        double share = position - before;
        return values[before] + share * (values[before + 1] - values[before]);
    }
}
