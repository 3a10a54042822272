package dev.noether.model.numeric;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Eigenvalues and eigenvectors of a real symmetric matrix: {@code A = Vᵀ diag(λ) V} with the eigenvectors in the rows
 * of V.
 *
 * <p>A {@link HouseholderReduction} to tridiagonal form, then {@link TridiagonalQl} steps. Vectors are stored in rows,
 * so that every inner loop runs over contiguous memory and becomes vector instructions. Cost is about 5 n³ operations.
 * Deterministic; immutable once built.
 */
public final class SymmetricEigendecomposition {
    private final double[] values;
    private final double[][] vectors;

    private SymmetricEigendecomposition(double[] values, double[][] vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /**
     * Decomposes a matrix.
     *
     * @param matrix {@code [n][n]}, symmetric, finite; its contents are destroyed
     * @throws IllegalStateException if the iteration does not converge, which does not happen for finite input
     */
    public static SymmetricEigendecomposition of(double[][] matrix) {
        int size = matrix.length;
        double[][] vectors = new double[size][size];
        for (int i = 0; i < size; i++) {
            vectors[i][i] = 1;
        }
        double[] subdiagonal = new double[size];
        HouseholderReduction.tridiagonalize(matrix, subdiagonal, vectors);
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = matrix[i][i];
        }
        TridiagonalQl.diagonalize(values, subdiagonal, vectors);
        return sorted(values, vectors);
    }

    /** A copy of the eigenvalues, {@code [n]}, largest first. */
    public double[] values() {
        return values.clone();
    }

    /** A copy of the eigenvectors, {@code [n][n]}, one unit vector per row, in the order of {@link #values()}. */
    public double[][] vectors() {
        return Matrices.copy(vectors);
    }

    /**
     * The symmetric square root of the matrix, {@code Vᵀ diag(√λ) V}, {@code [n][n]}; a negative eigenvalue counts as
     * 0.
     */
    public double[][] squareRoot() {
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

    private static SymmetricEigendecomposition sorted(double[] values, double[][] vectors) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> values[i]).reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        double[] sortedValues = new double[values.length];
        double[][] sortedVectors = new double[values.length][];
        for (int i = 0; i < order.length; i++) {
            sortedValues[i] = values[order[i]];
            sortedVectors[i] = vectors[order[i]];
        }
        return new SymmetricEigendecomposition(sortedValues, sortedVectors);
    }
}
