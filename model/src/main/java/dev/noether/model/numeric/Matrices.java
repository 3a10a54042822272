package dev.noether.model.numeric;

import java.util.Arrays;

/** Products, inverses and norms of small dense matrices, {@code [rows][columns]}, in double precision. Stateless. */
public final class Matrices {
    private Matrices() {}

    /** A copy of a matrix. */
    public static double[][] copy(double[][] matrix) {
        return Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
    }

    /** The product {@code matrix · vector}. */
    public static double[] product(double[][] matrix, double[] vector) {
        double[] product = new double[matrix.length];
        for (int row = 0; row < matrix.length; row++) {
            product[row] = Vectors.dot(matrix[row], vector);
        }
        return product;
    }

    /** The product {@code left · right}. */
    public static double[][] product(double[][] left, double[][] right) {
        double[][] product = new double[left.length][right[0].length];
        for (int row = 0; row < left.length; row++) {
            for (int index = 0; index < right.length; index++) {
                Vectors.addMultiple(product[row], left[row][index], right[index]);
            }
        }
        return product;
    }

    /** The transpose of a matrix, as a new array. */
    public static double[][] transpose(double[][] matrix) {
        double[][] transpose = new double[matrix[0].length][matrix.length];
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column < matrix[0].length; column++) {
                transpose[column][row] = matrix[row][column];
            }
        }
        return transpose;
    }

    /** The Frobenius norm: the root of the sum of the squared entries. */
    public static double frobeniusNorm(double[][] matrix) {
        double squares = 0;
        for (double[] row : matrix) {
            squares += Vectors.dot(row, row);
        }
        return Math.sqrt(squares);
    }

    /** Divides a matrix in place, and returns it. */
    public static double[][] divide(double[][] matrix, double divisor) {
        for (double[] row : matrix) {
            for (int column = 0; column < row.length; column++) {
                row[column] /= divisor;
            }
        }
        return matrix;
    }

    /** The inverse of a symmetric positive definite matrix, by Gauss-Jordan elimination without pivoting. */
    public static double[][] inverse(double[][] matrix) {
        int size = matrix.length;
        double[][] inverse = copy(matrix);
        for (int pivot = 0; pivot < size; pivot++) {
            double scale = 1 / inverse[pivot][pivot];
            inverse[pivot][pivot] = 1;
            for (int column = 0; column < size; column++) {
                inverse[pivot][column] *= scale;
            }
            for (int row = 0; row < size; row++) {
                if (row != pivot) {
                    double factor = inverse[row][pivot];
                    inverse[row][pivot] = 0;
                    Vectors.addMultiple(inverse[row], -factor, inverse[pivot]);
                }
            }
        }
        return inverse;
    }
}
