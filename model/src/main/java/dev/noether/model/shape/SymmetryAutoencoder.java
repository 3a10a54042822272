package dev.noether.model.shape;

import dev.noether.model.numeric.Matrices;
import java.util.Arrays;

/**
 * A continuous piecewise affine autoencoder of windows whose decoder moves prototypes along generators. The code of a
 * window x is (j, ε), its reconstruction {@code μ_j + T_j ε}. The columns of T_j are the velocities of the generators
 * at the prototype μ_j. The regularized reconstruction error is
 * <pre>
 *   d²(x) = min over j and ε of ‖A(x − μ_j − T_j ε)‖²/σ² + εᵀ Σ⁻¹ ε
 * </pre>
 * with the learned covariance Σ of the steps, the learned variance σ² of the noise, and the whitening A.
 *
 * <p>Immutable; thread safe.
 */
public final class SymmetryAutoencoder {
    private final ShapeWindow window;
    private final ShapeMotions motions;
    private final float[] prototypes;
    private final double[][] covariance;
    private final double noise;
    private final float[] whitening;

    /**
     * Makes an autoencoder.
     *
     * @param prototypes row-major {@code [count, width]}, finite; copied
     * @param covariance Σ, symmetric and positive semidefinite, {@code [motions, motions]}; copied
     * @param noise σ², above 0
     * @param whitening A, row-major {@code [width, width]}, or empty for none; copied
     */
    public SymmetryAutoencoder(
            ShapeWindow window,
            ShapeMotions motions,
            float[] prototypes,
            double[][] covariance,
            double noise,
            float[] whitening) {
        if (prototypes.length == 0 || prototypes.length % window.width() != 0) {
            throw new IllegalArgumentException("`prototypes` must be rows of " + window.width()
                    + " values, at least one" + " (got " + prototypes.length + " values)");
        }
        requireSquare("covariance", covariance, motions.size());
        if (whitening.length > 0 && whitening.length != window.width() * window.width()) {
            throw new IllegalArgumentException("`whitening` must be empty or hold " + window.width() + " × "
                    + window.width() + " values (got " + whitening.length + ")");
        }
        if (!(noise > 0 && noise < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`noise` must be finite and above 0 (got " + noise + ")");
        }
        requireFinite("prototypes", prototypes);
        requireFinite("whitening", whitening);
        this.window = window;
        this.motions = motions;
        this.prototypes = prototypes.clone();
        this.covariance = Matrices.copy(covariance);
        this.noise = noise;
        this.whitening = whitening.clone();
    }

    private static void requireFinite(String name, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("`" + name + "` must be finite (got " + value + ")");
            }
        }
    }

    private static void requireSquare(String name, double[][] matrix, int size) {
        boolean fits = matrix.length == size && Arrays.stream(matrix).allMatch(row -> row.length == size);
        if (!fits || !Arrays.stream(matrix).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("`" + name + "` must be finite, " + size + " × " + size + " (got "
                    + Arrays.deepToString(matrix) + ")");
        }
    }

    /** This autoencoder with Σ multiplied by a factor, at least 0; 0 removes the symmetry. */
    public SymmetryAutoencoder withCovarianceTimes(double factor) {
        double[][] scaled = covariance();
        for (double[] row : scaled) {
            for (int column = 0; column < row.length; column++) {
                row[column] *= factor;
            }
        }
        return new SymmetryAutoencoder(window, motions, prototypes, scaled, noise, whitening);
    }

    /** The geometry of the windows. */
    public ShapeWindow window() {
        return window;
    }

    /** The generators. */
    public ShapeMotions motions() {
        return motions;
    }

    /** The number of prototypes. */
    public int count() {
        return prototypes.length / window.width();
    }

    /** A copy of all prototypes, row-major {@code [count, width]}. */
    public float[] prototypes() {
        return prototypes.clone();
    }

    /** A copy of one prototype, {@code [width]}. */
    public double[] prototype(int index) {
        double[] copy = new double[window.width()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = prototypes[index * copy.length + i];
        }
        return copy;
    }

    /** The columns of T_j: the velocities of the generators at a prototype, {@code [motions][width]}. */
    public double[][] tangents(int index) {
        double[][] velocities = new double[motions.size()][window.width()];
        motions.generators().velocities(prototype(index), velocities);
        return velocities;
    }

    /** A copy of Σ, {@code [motions][motions]}. */
    public double[][] covariance() {
        return Matrices.copy(covariance);
    }

    /** σ², the variance of the noise of one value. */
    public double noise() {
        return noise;
    }

    /** A copy of the whitening A, row-major {@code [width, width]}; empty if there is none. */
    public float[] whitening() {
        return whitening.clone();
    }

    /** Whether windows are whitened. */
    public boolean isWhitened() {
        return whitening.length > 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SymmetryAutoencoder that
                && window.equals(that.window)
                && motions == that.motions
                && Arrays.equals(prototypes, that.prototypes)
                && Arrays.deepEquals(covariance, that.covariance)
                && noise == that.noise
                && Arrays.equals(whitening, that.whitening);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(prototypes) + Arrays.deepHashCode(covariance);
    }
}
