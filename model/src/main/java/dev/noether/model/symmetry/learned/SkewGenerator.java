package dev.noether.model.symmetry.learned;

import java.util.Objects;

/**
 * A rotation that never ends: a skew-symmetric generator G in the leading directions of the data, for rows that are no
 * series. A row {@code x} moves by {@code x + Uᵀ(exp(εG) − I)U x}; what lies outside the directions U stays. Of Frobenius norm
 * 1. Immutable and thread-safe.
 */
public final class SkewGenerator {
    private static final int MOST_TERMS = 18;

    /** Square of the relative size from which on a term of the power series does not count. */
    private static final double NEGLIGIBLE = 1e-30;

    private final double[][] directions;
    private final double[][] matrix;
    private final double spread;
    private final double explained;

    SkewGenerator(double[][] directions, double[][] matrix, double spread, double explained) {
        this.directions = RandomEffects.copy(directions);
        this.matrix = RandomEffects.copy(matrix);
        this.spread = spread;
        this.explained = explained;
    }

    /** Number of directions in which it acts; 0 if it moves nothing. */
    public int rank() {
        return directions.length;
    }

    /** A copy of G, {@code [rank][rank]}. */
    public double[][] matrix() {
        return RandomEffects.copy(matrix);
    }

    /** A copy of one direction of U, {@code [length]}, a unit vector. */
    public double[] direction(int index) {
        return directions[Objects.checkIndex(index, directions.length)].clone();
    }

    /** The root mean square of the steps ε between neighbours. */
    public double spread() {
        return spread;
    }

    /** The share of the squared differences of neighbours that the motion explains, in [0, 1]. */
    public double explainedShare() {
        return explained;
    }

    /** The velocity of a row, {@code UᵀGU x}, {@code [length]}. */
    public double[] velocity(double[] row) {
        double[] velocity = new double[row.length];
        addLifted(Matrices.product(matrix, Matrices.product(directions, row)), velocity);
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
        double[] image = exponential(matrix, step, coordinates);
        System.arraycopy(row, 0, moved, 0, row.length);
        Matrices.addMultiple(image, -1, coordinates);
        addLifted(image, moved);
    }

    /** {@code exp(step · matrix) · vector} by the power series, in pieces of at most 1 in norm (the matrix has norm 1). */
    static double[] exponential(double[][] matrix, double step, double[] vector) {
        int pieces = Math.max(1, (int) Math.ceil(Math.abs(step)));
        double[] image = vector.clone();
        double negligible = NEGLIGIBLE * Matrices.dot(vector, vector);
        for (int piece = 0; piece < pieces; piece++) {
            double[] term = image.clone();
            for (int power = 1; power <= MOST_TERMS && Matrices.dot(term, term) > negligible; power++) {
                term = Matrices.product(matrix, term);
                for (int index = 0; index < term.length; index++) {
                    term[index] *= step / pieces / power;
                }
                Matrices.addMultiple(image, 1, term);
            }
        }
        return image;
    }

    private void addLifted(double[] coordinates, double[] target) {
        for (int index = 0; index < directions.length; index++) {
            Matrices.addMultiple(target, coordinates[index], directions[index]);
        }
    }
}
