package dev.noether.model.numeric;

import java.util.Arrays;

/**
 * The baseline detector: principal component analysis, with the distance from the span of the leading components as the
 * score. It is what a linear autoencoder of the same bottleneck finds at best (Baldi and Hornik, 1989).
 *
 * <p>Rows are taken as they come; standardising them first is the caller's business. All arithmetic is in double
 * precision and deterministic. Immutable and thread-safe.
 */
public final class PrincipalComponents {
    private static final int ROWS_PER_BLOCK = 4;

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
     * @param rows {@code [n × width]} row by row, finite; more may follow and is not read
     * @param n number of rows, at least 1
     * @param width values per row, at least 1
     * @param components how many leading components to keep, in [1, width]
     * @throws IllegalArgumentException if a number is out of range, {@code rows} too short or a value not finite
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
        double[] mean = mean(rows, n, width);
        SymmetricEigendecomposition decomposition = SymmetricEigendecomposition.of(covariance(rows, n, width, mean));
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

    /** How many components are kept. */
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
     * A copy of the variances along all principal directions, {@code [width]}, largest first, with 1/n as the weight: the
     * mean reconstruction error of the fitted rows is the sum of those not kept, divided by the width.
     */
    public double[] variances() {
        return variances.clone();
    }

    /**
     * The mean square error of the row against its projection onto the components.
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
     * The same for a row inside a larger array; allocates nothing.
     *
     * @param rows values of which {@code [offset, offset + width)} are the row
     * @param offset index of the row's first value
     * @throws IndexOutOfBoundsException if the row leaves the array
     */
    public double reconstructionError(float[] rows, int offset) {
        // Pythagoras on an orthonormal system: what the components do not carry is the error.
        double squares = 0;
        for (int j = 0; j < mean.length; j++) {
            double centred = rows[offset + j] - mean[j];
            squares += centred * centred;
        }
        double carried = 0;
        for (double[] component : components) {
            double coordinate = 0;
            for (int j = 0; j < component.length; j++) {
                coordinate += component[j] * (rows[offset + j] - mean[j]);
            }
            carried += coordinate * coordinate;
        }
        return Math.max(0, squares - carried) / mean.length;
    }

    private static double[] mean(float[] rows, int n, int width) {
        double[] mean = new double[width];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < width; j++) {
                float value = rows[i * width + j];
                if (!Float.isFinite(value)) {
                    throw new IllegalArgumentException(
                            "`rows` must be finite (got " + value + " in row " + i + ", column " + j + ")");
                }
                mean[j] += value;
            }
        }
        for (int j = 0; j < width; j++) {
            mean[j] /= n;
        }
        return mean;
    }

    /** Four rows at a time, so that the matrix passes through the cache a quarter as often; a short block ends in zeros. */
    private static double[][] covariance(float[] rows, int n, int width, double[] mean) {
        double[][] covariance = new double[width][width];
        double[][] block = new double[ROWS_PER_BLOCK][width];
        for (int start = 0; start < n; start += ROWS_PER_BLOCK) {
            for (int i = 0; i < ROWS_PER_BLOCK; i++) {
                if (start + i < n) {
                    for (int j = 0; j < width; j++) {
                        block[i][j] = rows[(start + i) * width + j] - mean[j];
                    }
                } else {
                    Arrays.fill(block[i], 0);
                }
            }
            for (int i = 0; i < width; i++) {
                addProducts(covariance[i], i, block[0], block[1], block[2], block[3]);
            }
        }
        for (int i = 0; i < width; i++) {
            for (int j = i; j < width; j++) {
                covariance[i][j] /= n;
                covariance[j][i] = covariance[i][j];
            }
        }
        return covariance;
    }

    private static void addProducts(double[] target, int i, double[] a, double[] b, double[] c, double[] d) {
        double ai = a[i];
        double bi = b[i];
        double ci = c[i];
        double di = d[i];
        for (int j = i; j < target.length; j++) {
            target[j] += ai * a[j] + bi * b[j] + ci * c[j] + di * d[j];
        }
    }

    /** An eigenvector's sign is arbitrary; this one does not hang on rounding. */
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
