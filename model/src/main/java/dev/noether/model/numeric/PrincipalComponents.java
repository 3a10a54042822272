package dev.noether.model.numeric;

import java.util.Arrays;

/**
 * Principal component analysis: the mean of rows and their leading components, with the reconstruction error of a row.
 * It is the best linear autoencoder with a code of the same size (Baldi and Hornik, 1989).
 *
 * <p>Rows are not standardised. All arithmetic is in double precision and deterministic. Immutable and thread-safe.
 */
public final class PrincipalComponents {
    private final double[] mean;
    private final double[][] components;
    private final double[] variances;

    private PrincipalComponents(double[] mean, double[][] components, double[] variances) {
        this.mean = mean;
        this.components = components;
        this.variances = variances;
    }

    /**
     * Fits the components to rows, in O(n · width² + width³): a few seconds for a width of 600.
     *
     * @param rows {@code [n × width]} row by row, finite; may be longer
     * @param n number of rows, at least 1
     * @param width values per row, at least 1
     * @param components number of leading components, in [1, width]
     * @throws IllegalArgumentException if a number is out of range, {@code rows} is too short or a value is not finite
     */
    public static PrincipalComponents fit(float[] rows, int n, int width, int components) {
        if (n < 1) {
            throw new IllegalArgumentException("`n` must be at least 1 (got " + n + ")");
        }
        if (width < 1) {
            throw new IllegalArgumentException("`width` must be at least 1 (got " + width + ")");
        }
        if (components < 1 || components > width) {
            throw new IllegalArgumentException("`components` must be in [1, " + width + "] (got " + components + ")");
        }
        if (rows.length < (long) n * width) {
            throw new IllegalArgumentException(
                    "`rows` must hold " + n + " × " + width + " values (got " + rows.length + ")");
        }
        double[] mean = CovarianceMatrix.mean(rows, n, width);
        SymmetricEigendecomposition decomposition =
                SymmetricEigendecomposition.of(CovarianceMatrix.of(rows, n, width, mean));
        double[][] leading = Arrays.copyOf(decomposition.vectors(), components);
        for (double[] component : leading) {
            fixSign(component);
        }
        return new PrincipalComponents(mean, leading, decomposition.values());
    }

    /** Values per row. */
    public int width() {
        return mean.length;
    }

    /** Number of components. */
    public int components() {
        return components.length;
    }

    /** A copy of the mean row, {@code [width]}. */
    public double[] mean() {
        return mean.clone();
    }

    /**
     * A copy of one component, {@code [width]}, a unit vector whose largest coordinate is positive.
     *
     * @param index in [0, {@link #components()}), in the order of falling variance
     */
    public double[] component(int index) {
        return components[index].clone();
    }

    /**
     * A copy of the variances along all principal directions, {@code [width]}, largest first, with the divisor n. The
     * mean reconstruction error of the fitted rows is the sum of the variances after the components, divided by the
     * width.
     */
    public double[] variances() {
        return variances.clone();
    }

    /**
     * The reconstruction error of a row: the mean squared difference from its projection onto the components.
     *
     * @param row {@code [width]}; NaN in it gives NaN
     * @throws IllegalArgumentException if the length is not {@link #width()}
     */
    public double reconstructionError(float[] row) {
        if (row.length != mean.length) {
            throw new IllegalArgumentException("`row` must be of length " + mean.length + " (got " + row.length + ")");
        }
        return reconstructionError(row, 0);
    }

    /**
     * The reconstruction error of a row inside a larger array; allocates nothing.
     *
     * @param rows values of which {@code [offset, offset + width)} are the row
     * @param offset index of the row's first value
     * @throws IndexOutOfBoundsException if the row leaves the array
     */
    public double reconstructionError(float[] rows, int offset) {
        // The components are orthonormal: the error is the square of the row less the squares of its coordinates.
        double squares = 0;
        for (int j = 0; j < mean.length; j++) {
            double centred = rows[offset + j] - mean[j];
            squares += centred * centred;
        }
        double explained = 0;
        for (double[] component : components) {
            double coordinate = 0;
            for (int j = 0; j < component.length; j++) {
                coordinate += component[j] * (rows[offset + j] - mean[j]);
            }
            explained += coordinate * coordinate;
        }
        return Math.max(0, squares - explained) / mean.length;
    }

    /** Makes the largest coordinate positive, because the sign of an eigenvector is arbitrary. */
    private static void fixSign(double[] vector) {
        int largest = 0;
        for (int j = 1; j < vector.length; j++) {
            if (Math.abs(vector[j]) > Math.abs(vector[largest])) {
                largest = j;
            }
        }
        if (vector[largest] < 0) {
            for (int j = 0; j < vector.length; j++) {
                vector[j] = -vector[j];
            }
        }
    }
}
