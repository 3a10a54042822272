package dev.noether.model.shape;

import dev.noether.model.numeric.Matrices;
import dev.noether.model.numeric.SymmetricEigendecomposition;
import dev.noether.model.numeric.Vectors;

/**
 * The tangents of one prototype in the form that the regularized error needs. With {@code Σ = R²} and the tangents T as
 * rows, {@code (T Tᵀ + σ²Σ⁻¹)⁻¹ = R (R T Tᵀ R + σ²I)⁻¹ R}, which needs no inverse of Σ and so allows a singular Σ. With
 * {@code R T Tᵀ R + σ²I = Vᵀ Λ V}, the rows of {@code W = Λ^(−1/2) V R T} give
 * {@code min over ε = (‖e‖² − ‖W e‖²)/σ²} for a difference e, and {@code ε = R Vᵀ Λ^(−1/2) W e}.
 */
public final class ShiftedTangents {
    private ShiftedTangents() {}

    /** The basis {@code Vᵀ Λ^(−1/2)} of {@code R T Tᵀ R + σ²I}, as rows {@code Λ^(−1/2) V}, {@code [size][size]}. */
    private static double[][] basis(double[][] rooted, double noise) {
        int size = rooted.length;
        double[][] inner = new double[size][size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                inner[row][column] = Vectors.dot(rooted[row], rooted[column]) + (row == column ? noise : 0);
            }
        }
        SymmetricEigendecomposition decomposition = SymmetricEigendecomposition.of(inner);
        double[] values = decomposition.values();
        double[][] vectors = decomposition.vectors();
        for (int row = 0; row < size; row++) {
            double factor = 1 / Math.sqrt(Math.max(values[row], noise));
            for (int column = 0; column < size; column++) {
                vectors[row][column] *= factor;
            }
        }
        return vectors;
    }

    /**
     * Returns W, {@code [size][width]}, and the basis {@code B = Λ^(−1/2) V}, {@code [size][size]}.
     *
     * @param tangents T, one tangent in each row, {@code [size][width]}
     * @param root Σ^(1/2), {@code [size][size]}
     * @param noise σ²
     */
    static double[][][] of(double[][] tangents, double[][] root, double noise) {
        double[][] rooted = Matrices.product(root, tangents);
        double[][] basis = basis(rooted, noise);
        return new double[][][] {Matrices.product(basis, rooted), basis};
    }

    /**
     * Returns the best steps ε, {@code [size]}, for a difference e, {@code [width]}. The regularized error that they
     * leave is {@code (‖e‖² − ⟨e, Tᵀε⟩)/σ²}.
     *
     * @param tangents T, one tangent in each row, {@code [size][width]}
     * @param root Σ^(1/2), {@code [size][size]}
     * @param noise σ², above 0
     */
    public static double[] steps(double[][] tangents, double[][] root, double noise, double[] difference) {
        double[][] rooted = Matrices.product(root, tangents);
        double[][] basis = basis(rooted, noise);
        double[] along = Matrices.product(Matrices.product(basis, rooted), difference);
        return Matrices.product(root, Matrices.product(Matrices.transpose(basis), along));
    }

    /** The covariance of the steps that remains when a difference is known: {@code σ² R Vᵀ Λ⁻¹ V R}. */
    static double[][] remaining(double[][] tangents, double[][] root, double noise) {
        double[][] basis = basis(Matrices.product(root, tangents), noise);
        double[][] half = Matrices.product(basis, root);
        double[][] covariance = Matrices.product(Matrices.transpose(half), half);
        return Matrices.divide(covariance, 1 / noise);
    }
}
