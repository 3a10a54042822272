package dev.noether.model.symmetry;

import dev.noether.model.engine.Engine;
import java.util.random.RandomGenerator;

/**
 * Skew-symmetric generators, {@code G = W − Wᵀ} with W above the diagonal: the Lie algebra of the rotations, so that
 * {@code exp(εG)} moves points without changing their length.
 *
 * <p>They take {@code count · width (width − 1) / 2} numbers: the entries above the diagonal, row after row, generator
 * after generator. A point takes as many multiplications as with {@link FullGenerators}.
 */
public final class SkewSymmetricGenerators extends DenseGenerators {
    /**
     * Generators with the given entries.
     *
     * @param upper entries above the diagonals, row after row, {@code [count, width (width − 1) / 2]}; copied
     * @throws IllegalArgumentException if a size is not positive or the number of entries is wrong
     */
    public SkewSymmetricGenerators(int width, int count, float[] upper) {
        super(width, count, "upper", upper, (long) width * (width - 1) / 2);
    }

    /** Generators before training: free entries with mean 0 and variance {@code 1 / width}. */
    public static SkewSymmetricGenerators initialised(int width, int count, RandomGenerator random) {
        int length = Math.toIntExact((long) GeneratorArrays.requirePositive("count", count)
                * GeneratorArrays.requirePositive("width", width)
                * (width - 1)
                / 2);
        return new SkewSymmetricGenerators(width, count, GeneratorArrays.normals(length, 1 / Math.sqrt(width), random));
    }

    @Override
    public GeneratorStructure structure() {
        return GeneratorStructure.SKEW_SYMMETRIC;
    }

    /** A copy of the entries above the diagonals, row after row, {@code [count, width (width − 1) / 2]}. */
    public float[] upper() {
        return entries().clone();
    }

    @Override
    public float[] direction(int generator, float[] point) {
        GeneratorArrays.requirePoint(this, generator, point);
        int width = width();
        float[] upper = entries();
        double[] direction = new double[width];
        int index = generator * (width * (width - 1) / 2);
        for (int row = 0; row < width; row++) {
            for (int column = row + 1; column < width; column++) {
                direction[row] += (double) upper[index] * point[column];
                direction[column] -= (double) upper[index] * point[row];
                index++;
            }
        }
        return GeneratorArrays.rounded(direction);
    }

    @Override
    public TrainableGenerators trainable(Engine engine, int capacity) {
        return new TrainableSkewSymmetricGenerators(engine, this, capacity);
    }
}
