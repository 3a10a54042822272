package dev.noether.model.numeric;

/**
 * Eigenvalues of a symmetric tridiagonal matrix by implicit QL steps with Wilkinson's shift (Golub and Van Loan, Matrix
 * Computations, 4th ed., section 8.3.3; Bowdler et al., "The QR and QL algorithms for symmetric matrices", 1968).
 */
final class TridiagonalQl {
    private static final int MOST_STEPS_PER_EIGENVALUE = 60;

    private TridiagonalQl() {}

    /**
     * Iterates until the subdiagonal is negligible, and multiplies the rotations onto {@code vectors} from the left.
     *
     * @param diagonal {@code [n]}; afterwards it holds the eigenvalues, not sorted
     * @param subdiagonal {@code [n]}, of which n − 1 entries are read; destroyed
     * @param vectors {@code [n][n]}
     * @throws IllegalArgumentException if an entry is infinite or NaN
     * @throws IllegalStateException if an eigenvalue does not converge
     */
    static void diagonalize(double[] diagonal, double[] subdiagonal, double[][] vectors) {
        double negligible = Math.ulp(1.0) * largestEntry(diagonal, subdiagonal);
        for (int target = 0; target < diagonal.length; target++) {
            int steps = 0;
            for (int end = unreducedEnd(diagonal, subdiagonal, target, negligible);
                    end != target;
                    end = unreducedEnd(diagonal, subdiagonal, target, negligible)) {
                if (++steps > MOST_STEPS_PER_EIGENVALUE) {
                    throw new IllegalStateException("eigenvalue " + target + " did not converge in "
                            + MOST_STEPS_PER_EIGENVALUE + " steps; is the matrix finite?");
                }
                qlStep(diagonal, subdiagonal, vectors, target, end);
            }
        }
    }

    private static double largestEntry(double[] diagonal, double[] subdiagonal) {
        double largest = 0;
        for (int i = 0; i < diagonal.length; i++) {
            // A comparison with NaN is false: without this check, NaN would count as negligible.
            if (!Double.isFinite(diagonal[i]) || (i + 1 < diagonal.length && !Double.isFinite(subdiagonal[i]))) {
                throw new IllegalArgumentException("the matrix must be finite (row " + i
                        + " of its tridiagonal form has " + diagonal[i] + " and " + subdiagonal[i] + ")");
            }
            largest = Math.max(largest, Math.max(Math.abs(diagonal[i]), Math.abs(subdiagonal[i])));
        }
        return largest;
    }

    /**
     * The first index from {@code start} on whose subdiagonal entry is negligible, so that the matrix splits behind it.
     * An entry counts as 0 if it is small relative to the whole matrix, because the reflections leave errors of that
     * size. In a matrix of low rank most entries are such rounding errors, and they are not small relative to their
     * neighbours.
     */
    private static int unreducedEnd(double[] diagonal, double[] subdiagonal, int start, double negligible) {
        int end = start;
        while (end + 1 < diagonal.length
                && Math.abs(subdiagonal[end])
                        > Math.ulp(1.0) * (Math.abs(diagonal[end]) + Math.abs(diagonal[end + 1]))
                                + negligible
                                + Double.MIN_NORMAL) {
            end++;
        }
        return end;
    }

    /** One implicit QL step on the rows {@code start} to {@code end}: plane rotations move a bulge upwards. */
    private static void qlStep(double[] diagonal, double[] subdiagonal, double[][] vectors, int start, int end) {
        double half = (diagonal[start + 1] - diagonal[start]) / (2 * subdiagonal[start]);
        double shifted = diagonal[end]
                - diagonal[start]
                + subdiagonal[start] / (half + Math.copySign(Math.hypot(half, 1), half));
        double sine = 1;
        double cosine = 1;
        double correction = 0;
        for (int i = end - 1; i >= start; i--) {
            double bulge = sine * subdiagonal[i];
            double along = cosine * subdiagonal[i];
            double length = Math.hypot(bulge, shifted);
            subdiagonal[i + 1] = length;
            if (length == 0) {
                // The matrix splits here; the rotations so far are a valid, shorter step.
                diagonal[i + 1] -= correction;
                subdiagonal[end] = 0;
                return;
            }
            sine = bulge / length;
            cosine = shifted / length;
            double previous = diagonal[i + 1] - correction;
            double difference = (diagonal[i] - previous) * sine + 2 * cosine * along;
            correction = sine * difference;
            diagonal[i + 1] = previous + correction;
            shifted = cosine * difference - along;
            rotate(vectors[i], vectors[i + 1], cosine, sine);
        }
        diagonal[start] -= correction;
        subdiagonal[start] = shifted;
        subdiagonal[end] = 0;
    }

    private static void rotate(double[] lower, double[] upper, double cosine, double sine) {
        for (int j = 0; j < lower.length; j++) {
            double a = lower[j];
            double b = upper[j];
            upper[j] = sine * a + cosine * b;
            lower[j] = cosine * a - sine * b;
        }
    }
}
