package dev.noether.model.symmetry;

import dev.noether.model.engine.Engine;
import java.util.random.RandomGenerator;

/**
 * Generators without structure, as in the paper, stacked row-major as {@code [count × width, width]}.
 *
 * <p>They take {@code count · width²} numbers, and as many multiplications for a point.
 */
public final class FullGenerators extends DenseGenerators {
    /**
     * Generators with the given entries.
     *
     * @param matrices row-major {@code [count × width, width]}; copied
     * @throws IllegalArgumentException if a size is not positive or the number of entries is wrong
     */
    public FullGenerators(int width, int count, float[] matrices) {
        super(width, count, "matrices", matrices, (long) width * width);
    }

    /** Generators before training: entries with mean 0 and variance {@code 1 / width}. */
    public static FullGenerators initialised(int width, int count, RandomGenerator random) {
        int length = Math.multiplyExact(
                Math.multiplyExact(
                        GeneratorArrays.requirePositive("width", width),
                        GeneratorArrays.requirePositive("count", count)),
                width);
        return new FullGenerators(width, count, GeneratorArrays.normals(length, 1 / Math.sqrt(width), random));
    }

    @Override
    public GeneratorStructure structure() {
        return GeneratorStructure.FULL;
    }

    /** A copy of all entries, row-major {@code [count × width, width]}. */
    public float[] matrices() {
        return entries().clone();
    }

    @Override
    public float[] direction(int generator, float[] point) {
        GeneratorArrays.requirePoint(this, generator, point);
        int width = width();
        float[] matrices = entries();
        double[] direction = new double[width];
        for (int row = 0; row < width; row++) {
            int offset = (generator * width + row) * width;
            for (int column = 0; column < width; column++) {
                direction[row] += (double) matrices[offset + column] * point[column];
            }
        }
        return GeneratorArrays.rounded(direction);
    }

    @Override
    public TrainableGenerators trainable(Engine engine, int capacity) {
        return new TrainableFullGenerators(engine, this, capacity);
    }
}
