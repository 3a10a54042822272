package dev.noether.model.numeric;

import java.util.Arrays;

/** The mean and the covariance matrix of rows, in double precision. Deterministic; stateless. */
final class CovarianceMatrix {
    private static final int ROWS_PER_BLOCK = 4;

    private CovarianceMatrix() {}

    /**
     * The mean of rows, {@code [width]}.
     *
     * @param rows {@code [n × width]}; may be longer
     * @throws IllegalArgumentException if a value is not finite
     */
    static double[] mean(float[] rows, int n, int width) {
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

    /**
     * The covariance of rows, {@code [width][width]}, with the divisor n. It adds four rows at a time, so that the
     * matrix is read a quarter as often; the last block is filled up with zeros.
     *
     * @param mean the mean of the rows, {@code [width]}
     */
    static double[][] of(float[] rows, int n, int width, double[] mean) {
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
}
