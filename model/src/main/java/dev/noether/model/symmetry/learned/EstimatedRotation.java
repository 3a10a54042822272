package dev.noether.model.symmetry.learned;

import dev.noether.model.numeric.Matrices;
import dev.noether.model.numeric.MatrixExponential;
import dev.noether.model.numeric.Vectors;
import java.util.Objects;

/**
 * A rotation that was estimated from data, for rows that are not time series: a skew-symmetric generator G in the
 * leading directions U of the data.
 *
 * <p>A step ε moves a row {@code x} to {@code x + Uᵀ(exp(εG) − I)U x}; the part of x outside the span of U does not
 * change. U is {@code [rank, length]} with orthonormal rows, G is {@code [rank, rank]} with Frobenius norm 1. Immutable
 * and thread-safe.
 */
public final class EstimatedRotation {
    private final double[][] directions;
    private final double[][] matrix;
    private final double spread;
    private final double explained;

    EstimatedRotation(double[][] directions, double[][] matrix, double spread, double explained) {
        this.directions = Matrices.copy(directions);
        this.matrix = Matrices.copy(matrix);
        this.spread = spread;
        this.explained = explained;
    }

    /** Number of directions in which the rotation acts; 0 if it moves nothing. */
    public int rank() {
        return directions.length;
    }

    /** A copy of G, {@code [rank][rank]}. */
    public double[][] matrix() {
        return Matrices.copy(matrix);
    }

    /** A copy of one direction of U, {@code [length]}, a unit vector. */
    public double[] direction(int index) {
        return directions[Objects.checkIndex(index, directions.length)].clone();
    }

    /** The root mean square of the steps ε between neighbours. */
    public double spread() {
        return spread;
    }

    /** The share of the squared differences of neighbours that the rotation explains, in [0, 1]. */
    public double explainedShare() {
        return explained;
    }

    /** The velocity of a row, {@code UᵀGU x}, {@code [length]}. */
    public double[] velocity(double[] row) {
        double[] velocity = new double[row.length];
        addInDirections(Matrices.product(matrix, Matrices.product(directions, row)), velocity);
        return velocity;
    }

    /**
     * Moves a row.
     *
     * @param row {@code [length]}
     * @param step ε
     * @param moved receives {@code [length]}; may be the row itself
     */
    public void move(double[] row, double step, double[] moved) {
        double[] coordinates = Matrices.product(directions, row);
        double[] image = MatrixExponential.apply(matrix, step, coordinates);
        System.arraycopy(row, 0, moved, 0, row.length);
        Vectors.addMultiple(image, -1, coordinates);
        addInDirections(image, moved);
    }

    /** Adds {@code Uᵀ · coordinates} to the target. */
    private void addInDirections(double[] coordinates, double[] target) {
        for (int index = 0; index < directions.length; index++) {
            Vectors.addMultiple(target, coordinates[index], directions[index]);
        }
    }
}
