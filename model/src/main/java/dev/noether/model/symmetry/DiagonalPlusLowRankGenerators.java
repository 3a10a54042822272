package dev.noether.model.symmetry;

import static java.util.Objects.requireNonNull;

import dev.noether.model.engine.Engine;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Generators {@code G_k = diag(a_k) + U_k V_kᵀ}: the diagonal moves each value alone, such as a change of its
 * amplitude, and the low-rank part moves values together.
 *
 * <p>They take {@code count · width · (1 + 2 rank)} numbers, and as many multiplications for a point. Immutable.
 */
public final class DiagonalPlusLowRankGenerators implements Generators {
    private final float[] diagonals;
    private final LowRankGenerators lowRank;

    /**
     * Generators with the given parts.
     *
     * @param diagonals all a_k, row-major {@code [count, width]}; copied
     * @param lowRank all {@code U_k V_kᵀ}
     * @throws IllegalArgumentException if the number of diagonal entries is wrong
     */
    public DiagonalPlusLowRankGenerators(float[] diagonals, LowRankGenerators lowRank) {
        this.lowRank = requireNonNull(lowRank, "lowRank");
        this.diagonals = GeneratorArrays.copyOfLength("diagonals", diagonals, (long) lowRank.count() * lowRank.width());
    }

    /** Generators before training: the entries of each part have mean 0 and variance {@code 1 / width}. */
    public static DiagonalPlusLowRankGenerators initialised(int width, int count, int rank, RandomGenerator random) {
        LowRankGenerators lowRank = LowRankGenerators.initialised(width, count, rank, random);
        float[] diagonals = GeneratorArrays.normals(Math.multiplyExact(count, width), 1 / Math.sqrt(width), random);
        return new DiagonalPlusLowRankGenerators(diagonals, lowRank);
    }

    @Override
    public GeneratorStructure structure() {
        return GeneratorStructure.DIAGONAL_PLUS_LOW_RANK;
    }

    @Override
    public int width() {
        return lowRank.width();
    }

    @Override
    public int count() {
        return lowRank.count();
    }

    @Override
    public long parameterCount() {
        return diagonals.length + lowRank.parameterCount();
    }

    @Override
    public long multiplicationsPerPoint() {
        return diagonals.length + lowRank.multiplicationsPerPoint();
    }

    /** A copy of all a_k, row-major {@code [count, width]}. */
    public float[] diagonals() {
        return diagonals.clone();
    }

    /** The low-rank parts {@code U_k V_kᵀ}. */
    public LowRankGenerators lowRank() {
        return lowRank;
    }

    @Override
    public float[] direction(int generator, float[] point) {
        float[] direction = lowRank.direction(generator, point);
        for (int column = 0; column < point.length; column++) {
            direction[column] += diagonals[generator * point.length + column] * point[column];
        }
        return direction;
    }

    @Override
    public TrainableGenerators trainable(Engine engine, int capacity) {
        return new TrainableDiagonalPlusLowRankGenerators(engine, this, capacity);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DiagonalPlusLowRankGenerators generators
                && Arrays.equals(diagonals, generators.diagonals)
                && lowRank.equals(generators.lowRank);
    }

    @Override
    public int hashCode() {
        return 31 * lowRank.hashCode() + Arrays.hashCode(diagonals);
    }

    @Override
    public String toString() {
        return "DiagonalPlusLowRankGenerators[%d of rank %d on %d values]".formatted(count(), lowRank.rank(), width());
    }
}
