package dev.noether.model.symmetry.learned;

/** Products and inverses of the small dense matrices of this package, {@code [rows][columns]}. */
final class Matrices {
    private Matrices() {}

    static double dot(double[] left, double[] right) {
        // Four sums, because the compiler must not reorder the additions of one.
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int index = 0;
        for (; index + 3 < left.length; index += 4) {
            sum0 += left[index] * right[index];
            sum1 += left[index + 1] * right[index + 1];
            sum2 += left[index + 2] * right[index + 2];
            sum3 += left[index + 3] * right[index + 3];
        }
        for (; index < left.length; index++) {
            sum0 += left[index] * right[index];
        }
        return sum0 + sum1 + sum2 + sum3;
    }

    static void addMultiple(double[] target, double factor, double[] row) {
        for (int index = 0; index < target.length; index++) {
            target[index] += factor * row[index];
        }
    }

    /** {@code matrix · vector}. */
    static double[] product(double[][] matrix, double[] vector) {
        double[] product = new double[matrix.length];
        for (int row = 0; row < matrix.length; row++) {
            product[row] = dot(matrix[row], vector);
        }
        return product;
    }

    /** {@code left · right}. */
    static double[][] product(double[][] left, double[][] right) {
        double[][] product = new double[left.length][right[0].length];
        for (int row = 0; row < left.length; row++) {
            for (int index = 0; index < right.length; index++) {
                addMultiple(product[row], left[row][index], right[index]);
            }
        }
        return product;
    }

    static double[][] transposed(double[][] matrix) {
        double[][] transposed = new double[matrix[0].length][matrix.length];
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column < matrix[0].length; column++) {
                transposed[column][row] = matrix[row][column];
            }
        }
        return transposed;
    }

    /** The inverse of a symmetric positive definite matrix, by Gauss and Jordan, for which such a matrix needs no pivoting. */
    static double[][] inverse(double[][] matrix) {
        int size = matrix.length;
        double[][] inverse = RandomEffects.copy(matrix);
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
                    addMultiple(inverse[row], -factor, inverse[pivot]);
                }
            }
        }
        return inverse;
    }
}
