package dev.noether.model.symmetry;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Symmetry generators of low rank: {@code G_k = U_k · V_kᵀ} for k below {@code count}, each {@code width × width} (G_k of Eq.
 * 12). Full matrices would need {@code count · width²} numbers, which the paper calls its bottleneck; these need {@code
 * 2 · count · width · rank}.
 *
 * <p>Immutable: the factors are copied in and out. Each is row-major {@code [width, count × rank]}, the columns of U_0 before
 * those of U_1.
 */
public final class LowRankGenerators {
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
     * @throws IllegalArgumentException if a size is not positive or a factor has another length
     */
    public LowRankGenerators(int width, int count, int rank, float[] left, float[] right) {
        this.width = requirePositive("width", width);
        this.count = requirePositive("count", count);
        this.rank = requirePositive("rank", rank);
        this.left = requireLength("left", left).clone();
        this.right = requireLength("right", right).clone();
    }

    /** Generators before they are learned, with entries of mean 0 and variance {@code 1 / width}. */
    public static LowRankGenerators initialised(int width, int count, int rank, RandomGenerator random) {
        // An entry of U · Vᵀ sums `rank` products of two factors of this deviation.
        double deviation = Math.pow((double) requirePositive("rank", rank) * requirePositive("width", width), -0.25);
        int length = Math.multiplyExact(Math.multiplyExact(width, requirePositive("count", count)), rank);
        return new LowRankGenerators(
                width, count, rank, normals(length, deviation, random), normals(length, deviation, random));
    }

    /** Number of values in a point that the generators move. */
    public int width() {
        return width;
    }

    /** Number of generators. */
    public int count() {
        return count;
    }

    /** Rank of each generator. */
    public int rank() {
        return rank;
    }

    /** A copy of all U_k. */
    public float[] left() {
        return left.clone();
    }

    /** A copy of all V_k. */
    public float[] right() {
        return right.clone();
    }

    /**
     * Where a generator pulls a point: {@code G_k · point}, {@code [width]}.
     *
     * @throws IndexOutOfBoundsException if there is no such generator
     * @throws IllegalArgumentException if the point has another width
     */
    public float[] direction(int generator, float[] point) {
        if (!(generator >= 0 && generator < count)) {
            throw new IndexOutOfBoundsException(
                    "no generator %d; there are generators 0 to %d".formatted(generator, count - 1));
        }
        if (point.length != width) {
            throw new IllegalArgumentException("`point` must hold %d values (got %d)".formatted(width, point.length));
        }
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
        float[] rounded = new float[width];
        for (int row = 0; row < width; row++) {
            rounded[row] = (float) direction[row];
        }
        return rounded;
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

    private float[] requireLength(String name, float[] factor) {
        if (factor.length != (long) width * count * rank) {
            throw new IllegalArgumentException(
                    "`%s` must hold %d × %d × %d values (got %d)".formatted(name, width, count, rank, factor.length));
        }
        return factor;
    }

    private static int requirePositive(String name, int value) {
        if (!(value >= 1)) {
            throw new IllegalArgumentException("`%s` must be at least 1 (got %d)".formatted(name, value));
        }
        return value;
    }

    private static float[] normals(int length, double deviation, RandomGenerator random) {
        float[] values = new float[length];
        for (int index = 0; index < length; index++) {
            values[index] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }
}
