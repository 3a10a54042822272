package dev.noether.model.numeric;

import java.util.Arrays;

/**
 * The reduction of a symmetric matrix to tridiagonal form by Householder reflections H (Golub and Van Loan, Matrix
 * Computations, 4th ed., section 8.3.1).
 */
final class HouseholderReduction {
    private HouseholderReduction() {}

    /**
     * Reduces a matrix, and multiplies the reflections onto {@code vectors} from the left.
     *
     * @param matrix {@code [n][n]}, symmetric; afterwards it holds the diagonal, and its other entries have no meaning
     * @param subdiagonal {@code [n]}; receives the n − 1 entries below the diagonal
     * @param vectors {@code [n][n]}
     */
    static void tridiagonalize(double[][] matrix, double[] subdiagonal, double[][] vectors) {
        int size = matrix.length;
        double[] reflector = new double[size];
        double[] update = new double[size];
        for (int k = 0; k + 1 < size; k++) {
            int first = k + 1;
            double scale = reflectorOf(matrix[k], first, subdiagonal, reflector);
            if (scale != 0) {
                reflectBothSides(matrix, first, scale, reflector, update);
                reflectRows(vectors, first, scale, reflector, update);
            }
        }
    }

    /**
     * The Householder reflection {@code I − scale · v vᵀ} that maps row[first..] onto a multiple of its first axis.
     * Writes v to {@code reflector} and the multiple to {@code subdiagonal[first - 1]}; returns the scale, 0 if no
     * reflection is needed.
     */
    private static double reflectorOf(double[] row, int first, double[] subdiagonal, double[] reflector) {
        double largest = 0;
        for (int i = first + 1; i < row.length; i++) {
            largest = Math.max(largest, Math.abs(row[i]));
        }
        if (largest == 0) {
            subdiagonal[first - 1] = row[first];
            return 0;
        }
        largest = Math.max(largest, Math.abs(row[first]));
        double squares = 0;
        for (int i = first; i < row.length; i++) {
            reflector[i] = row[i] / largest;
            squares += reflector[i] * reflector[i];
        }
        // The sign opposite to the first entry, so that no digits cancel.
        double image = -Math.copySign(Math.sqrt(squares), reflector[first]);
        squares -= image * reflector[first];
        reflector[first] -= image;
        subdiagonal[first - 1] = image * largest;
        return 1 / squares;
    }

    /**
     * A ← H A H on the block from {@code first}: {@code A − v wᵀ − w vᵀ} with {@code p = scale · A v} and
     * {@code w = p − (scale/2)(pᵀv) v}.
     */
    private static void reflectBothSides(
            double[][] matrix, int first, double scale, double[] reflector, double[] update) {
        int size = matrix.length;
        double overlap = 0;
        for (int i = first; i < size; i++) {
            update[i] = scale * Vectors.dot(matrix[i], reflector, first);
            overlap += update[i] * reflector[i];
        }
        for (int i = first; i < size; i++) {
            update[i] -= scale / 2 * overlap * reflector[i];
        }
        for (int i = first; i < size; i++) {
            double[] row = matrix[i];
            double v = reflector[i];
            double w = update[i];
            for (int j = first; j < size; j++) {
                row[j] -= v * update[j] + w * reflector[j];
            }
        }
    }

    /** V ← H V. */
    private static void reflectRows(
            double[][] vectors, int first, double scale, double[] reflector, double[] combination) {
        int size = vectors.length;
        Arrays.fill(combination, 0);
        for (int i = first; i < size; i++) {
            Vectors.addMultiple(combination, reflector[i], vectors[i]);
        }
        for (int i = first; i < size; i++) {
            Vectors.addMultiple(vectors[i], -scale * reflector[i], combination);
        }
    }
}
