package dev.noether.lab.series;

import dev.noether.model.autoencoder.LinearBase;
import dev.noether.model.engine.Engine;
import dev.noether.model.numeric.SymmetricEigendecomposition;
import dev.noether.model.training.TrainingDivergedException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Computes the linear base from which training starts: the leading principal components, by block subspace iteration
 * from a fixed random start (Halko, Martinsson and Tropp, "Finding structure with randomness", 2011, Alg. 4.4). The
 * engine computes the products, in O(count · width · components). The reconstruction error exceeds that of the full
 * decomposition by a few parts in a thousand at worst. Not thread-safe.
 */
public final class PrincipalBaseFitter {
    private static final int OVERSAMPLING = 8;
    private static final int ROUNDS = 6;
    private static final int BLOCK_ROWS = 1024;
    private static final long SEED = 0x5EA5L;

    /** Smallest scale of a code unit relative to the scale of the first. It prevents the amplification of constants. */
    private static final double SMALLEST_SCALE = 1e-4;

    /** Relative length below which the remainder of a direction is rounding error: the others span the direction. */
    private static final double DEPENDENT = 1e-5;

    private final Engine engine;
    private final int count;
    private final int width;
    private final float[] mean;
    private final float[] centred;
    private final double squares;

    private PrincipalBaseFitter(Engine engine, float[] rows, int count, int width) {
        this.engine = engine;
        this.count = count;
        this.width = width;
        double[] sums = new double[width];
        for (int index = 0; index < count * width; index++) {
            sums[index % width] += rows[index];
        }
        this.mean = new float[width];
        for (int column = 0; column < width; column++) {
            mean[column] = (float) (sums[column] / count);
        }
        this.centred = new float[count * width];
        double total = 0;
        for (int index = 0; index < centred.length; index++) {
            centred[index] = rows[index] - mean[index % width];
            total += (double) centred[index] * centred[index];
        }
        this.squares = total;
    }

    /**
     * Fits a base with a number of components, {@code components ≤ width}. If the rows span fewer directions, all
     * further components are 0.
     *
     * @param rows {@code [count, width]}
     * @throws TrainingDivergedException if the rows or the engine's products are not finite
     */
    public static LinearBase of(Engine engine, float[] rows, int count, int width, int components) {
        return new PrincipalBaseFitter(engine, rows, count, width).base(components);
    }

    private LinearBase base(int components) {
        int block = Math.min(components + OVERSAMPLING, width);
        double[][] basis = orthonormal(randomBasis(block));
        float[] image = new float[block * width];
        double[][] products = new double[block][block];
        for (int round = 0; round < ROUNDS; round++) {
            multiply(flat(basis), block, image, products);
            basis = orthonormal(unflat(image, block));
        }
        multiply(flat(basis), block, image, products);
        requireFinite(products);
        SymmetricEigendecomposition decomposition = SymmetricEigendecomposition.of(products);
        double[] variances = decomposition.values();
        float[] directions = new float[width * components];
        float[] scales = new float[components];
        double largest = Math.sqrt(Math.max(0, variances[0]) / count);
        double carried = 0;
        for (int unit = 0; unit < components; unit++) {
            double deviation = Math.sqrt(Math.max(0, variances[unit]) / count);
            boolean varies = deviation > DEPENDENT * largest && deviation > Float.MIN_NORMAL;
            scales[unit] = varies ? (float) Math.max(deviation, SMALLEST_SCALE * largest) : 1;
            if (varies) {
                carried += variances[unit];
                combine(decomposition.vectors()[unit], basis, directions, unit, components);
            }
        }
        double residualVariance = Math.max(0, squares - carried) / count / width;
        return new LinearBase(mean, directions, scales, (float) Math.sqrt(residualVariance));
    }

    private static void requireFinite(double[][] products) {
        for (double[] row : products) {
            for (double value : row) {
                if (!Double.isFinite(value)) {
                    throw new TrainingDivergedException("the products of the rows are not finite (got " + value + ")");
                }
            }
        }
    }

    private void combine(double[] weights, double[][] basis, float[] directions, int unit, int components) {
        for (int column = 0; column < width; column++) {
            double sum = 0;
            for (int index = 0; index < weights.length; index++) {
                sum += weights[index] * basis[index][column];
            }
            directions[column * components + unit] = (float) sum;
        }
    }

    /** {@code image = Q Xᵀ X} and {@code products = Q Xᵀ X Qᵀ} for a basis Q, row-major {@code [block, width]}. */
    private void multiply(float[] basis, int block, float[] image, double[][] products) {
        Arrays.fill(image, 0);
        float[] piece = new float[BLOCK_ROWS * width];
        float[] coordinates = new float[block * BLOCK_ROWS];
        for (int first = 0; first < count; first += BLOCK_ROWS) {
            int rows = Math.min(BLOCK_ROWS, count - first);
            System.arraycopy(centred, first * width, piece, 0, rows * width);
            engine.multiply(false, true, block, rows, width, 1, basis, piece, 0, coordinates);
            engine.multiply(false, false, block, width, rows, 1, coordinates, piece, 1, image);
        }
        for (int row = 0; row < block; row++) {
            for (int column = 0; column <= row; column++) {
                double product = 0;
                for (int index = 0; index < width; index++) {
                    product += (double) image[row * width + index] * basis[column * width + index];
                }
                products[row][column] = product;
                products[column][row] = product;
            }
        }
    }

    private double[][] randomBasis(int block) {
        RandomGenerator random = new SplittableRandom(SEED);
        double[][] basis = new double[block][width];
        for (double[] direction : basis) {
            Arrays.setAll(direction, column -> random.nextGaussian());
        }
        return basis;
    }

    /** Orthonormalises by two passes of Gram and Schmidt. A direction that the others span becomes zero. */
    private static double[][] orthonormal(double[][] vectors) {
        for (int index = 0; index < vectors.length; index++) {
            double[] vector = vectors[index];
            double before = Math.sqrt(dot(vector, vector));
            for (int pass = 0; pass < 2; pass++) {
                for (int other = 0; other < index; other++) {
                    double along = dot(vector, vectors[other]);
                    for (int column = 0; column < vector.length; column++) {
                        vector[column] -= along * vectors[other][column];
                    }
                }
            }
            double length = Math.sqrt(dot(vector, vector));
            double scale = length > DEPENDENT * before ? 1 / length : 0;
            for (int column = 0; column < vector.length; column++) {
                vector[column] *= scale;
            }
        }
        return vectors;
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int index = 0; index < left.length; index++) {
            sum += left[index] * right[index];
        }
        return sum;
    }

    private float[] flat(double[][] vectors) {
        float[] flat = new float[vectors.length * width];
        for (int index = 0; index < flat.length; index++) {
            flat[index] = (float) vectors[index / width][index % width];
        }
        return flat;
    }

    private double[][] unflat(float[] flat, int block) {
        double[][] vectors = new double[block][width];
        for (int index = 0; index < flat.length; index++) {
            vectors[index / width][index % width] = flat[index];
        }
        return vectors;
    }
}
