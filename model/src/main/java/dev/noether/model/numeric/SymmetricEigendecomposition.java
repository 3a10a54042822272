package dev.noether.model.numeric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Eigenvalues and eigenvectors of a real symmetric matrix: A = Vᵀ diag(λ) V with the eigenvectors in the rows of V.
 *
 * <p>Householder reduction to tridiagonal form, then implicit QL steps with Wilkinson's shift (Golub and Van Loan, Matrix
 * Computations, 4th ed., sections 8.3.1 and 8.3.3; Bowdler et al., "The QR and QL algorithms for symmetric matrices",
 * 1968). Vectors are kept in rows throughout: every inner loop then runs over contiguous memory, which the JIT compiler
 * vectorises. Cost is about 5 n³ operations. Deterministic; immutable once built.
 */
public final class SymmetricEigendecomposition {
    private static final int MOST_STEPS_PER_EIGENVALUE = 60;

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
     * @throws IllegalStateException if the iteration does not converge, which finite input does not bring about
     */
    public static SymmetricEigendecomposition of(double[][] matrix) {
        int size = matrix.length;
        double[][] vectors = new double[size][size];
        for (int i = 0; i < size; i++) {
            vectors[i][i] = 1;
        }
        double[] subdiagonal = new double[size];
        tridiagonalize(matrix, subdiagonal, vectors);
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = matrix[i][i];
        }
        diagonalize(values, subdiagonal, vectors);
        return sorted(values, vectors);
    }

    /** A copy of the eigenvalues, {@code [n]}, largest first. */
    public double[] values() {
        return values.clone();
    }

    /** A copy of the eigenvectors, {@code [n][n]}, one unit vector per row, in the order of {@link #values()}. */
    public double[][] vectors() {
        return Arrays.stream(vectors).map(double[]::clone).toArray(double[][]::new);
    }

    /** Leaves the diagonal in {@code matrix}, writes the subdiagonal, and multiplies the reflections onto {@code vectors}. */
    private static void tridiagonalize(double[][] matrix, double[] subdiagonal, double[][] vectors) {
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
     * The Householder reflection I − scale · v vᵀ that maps row[first..] onto a multiple of its first axis; the multiple
     * goes to {@code subdiagonal[first - 1]}. Scale 0 means that there is nothing to do.
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
        // The sign that adds up, so that nothing cancels.
        double image = -Math.copySign(Math.sqrt(squares), reflector[first]);
        squares -= image * reflector[first];
        reflector[first] -= image;
        subdiagonal[first - 1] = image * largest;
        return 1 / squares;
    }

    /** A ← H A H on the block from {@code first}: with p = scale · A v and w = p − (scale/2)(pᵀv) v it is A − v wᵀ − w vᵀ. */
    private static void reflectBothSides(
            double[][] matrix, int first, double scale, double[] reflector, double[] update) {
        int size = matrix.length;
        double overlap = 0;
        for (int i = first; i < size; i++) {
            update[i] = scale * dot(matrix[i], reflector, first);
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
            addMultiple(combination, reflector[i], vectors[i]);
        }
        for (int i = first; i < size; i++) {
            addMultiple(vectors[i], -scale * reflector[i], combination);
        }
    }

    private static void diagonalize(double[] diagonal, double[] subdiagonal, double[][] vectors) {
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
            largest = Math.max(largest, Math.max(Math.abs(diagonal[i]), Math.abs(subdiagonal[i])));
        }
        return largest;
    }

    /**
     * The first index from {@code start} on behind which the matrix falls apart. What is small beside the whole matrix counts as 0,
     * as the reflections have left errors of that size: in a matrix of low rank most entries are nothing else, and beside their
     * neighbours, which are rounding noise too, they would never become small.
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

    /** One implicit QL step on the rows {@code start} to {@code end}: a bulge is chased upwards by plane rotations. */
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
                // The matrix fell apart on the way; what is done so far is a valid, shorter step.
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

    private static double dot(double[] a, double[] b, int first) {
        // Four sums, because the compiler must not reorder the additions of one.
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = first;
        for (; i + 3 < a.length; i += 4) {
            sum0 += a[i] * b[i];
            sum1 += a[i + 1] * b[i + 1];
            sum2 += a[i + 2] * b[i + 2];
            sum3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            sum0 += a[i] * b[i];
        }
        return sum0 + sum1 + sum2 + sum3;
    }

    private static void addMultiple(double[] target, double factor, double[] row) {
        for (int j = 0; j < target.length; j++) {
            target[j] += factor * row[j];
        }
    }
}
