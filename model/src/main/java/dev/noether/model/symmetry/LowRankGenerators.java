package dev.noether.model.symmetry;

import dev.noether.model.engine.Engine;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Generators of low rank: {@code G_k = U_k · V_kᵀ}, with U_k and V_k of {@code rank} columns, for k below
 * {@code count}.
 *
 * <p>They take {@code 2 · count · width · rank} numbers, and as many multiplications for a point. Full matrices take
 * {@code count · width²}, which the paper calls its bottleneck. The factors of all k are side by side, row-major
 * {@code [width, count × rank]}. Immutable: the factors are copied in and out.
 */
public final class LowRankGenerators implements Generators {
    private final int width;
    private final int count;
    private final int rank;
    private final float[] left;
    private final float[] right;

    /**
     * Generators with the given factors.
     *
     * @param left all U_k side by side, {@code [width, count × rank]}
     * @param right all V_k side by side, {@code [width, count × rank]}
     * @throws IllegalArgumentException if a size is not positive or the length of a factor is wrong
     */
    public LowRankGenerators(int width, int count, int rank, float[] left, float[] right) {
        this.width = GeneratorArrays.requirePositive("width", width);
        this.count = GeneratorArrays.requirePositive("count", count);
        this.rank = GeneratorArrays.requirePositive("rank", rank);
        this.left = GeneratorArrays.copyOfLength("left", left, (long) width * count * rank);
        this.right = GeneratorArrays.copyOfLength("right", right, (long) width * count * rank);
    }

    /** Generators before training: the entries of each G_k have mean 0 and variance {@code 1 / width}. */
    public static LowRankGenerators initialised(int width, int count, int rank, RandomGenerator random) {
        // An entry of U · Vᵀ is a sum of `rank` products of two normal numbers of this deviation.
        double deviation = Math.pow(
                (double) GeneratorArrays.requirePositive("rank", rank)
                        * GeneratorArrays.requirePositive("width", width),
                -0.25);
        int length =
                Math.multiplyExact(Math.multiplyExact(width, GeneratorArrays.requirePositive("count", count)), rank);
        return new LowRankGenerators(
                width,
                count,
                rank,
                GeneratorArrays.normals(length, deviation, random),
                GeneratorArrays.normals(length, deviation, random));
    }

    @Override
    public GeneratorStructure structure() {
        return GeneratorStructure.LOW_RANK;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public long parameterCount() {
        return 2L * count * width * rank;
    }

    @Override
    public long multiplicationsPerPoint() {
        return parameterCount();
    }

    /** The rank of each generator. */
    public int rank() {
        return rank;
    }

    /** A copy of all U_k, {@code [width, count × rank]}. */
    public float[] left() {
        return left.clone();
    }

    /** A copy of all V_k, {@code [width, count × rank]}. */
    public float[] right() {
        return right.clone();
    }

    @Override
    public float[] direction(int generator, float[] point) {
        GeneratorArrays.requirePoint(this, generator, point);
        int columns = count * rank;
        double[] direction = new double[width];
        for (int column = generator * rank; column < (generator + 1) * rank; column++) {
            double projection = 0;
            for (int row = 0; row < width; row++) {
                projection += (double) right[row * columns + column] * point[row];
            }
            for (int row = 0; row < width; row++) {
                direction[row] += projection * left[row * columns + column];
            }
        }
        return GeneratorArrays.rounded(direction);
    }

    @Override
    public TrainableLowRankGenerators trainable(Engine engine, int capacity) {
        return new TrainableLowRankGenerators(engine, this, capacity);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LowRankGenerators generators
                && width == generators.width
                && count == generators.count
                && rank == generators.rank
                && Arrays.equals(left, generators.left)
                && Arrays.equals(right, generators.right);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(left) + Arrays.hashCode(right);
    }

    @Override
    public String toString() {
        return "LowRankGenerators[%d of rank %d on %d values]".formatted(count, rank, width);
    }
}
