package dev.noether.model.symmetry;

import static java.util.Objects.requireNonNull;

import dev.noether.model.engine.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Generators {@code G_k = diag(a_k) + U_k V_kᵀ}: each value pulled by itself, as by an amplitude, and a few together.
 *
 * <p>Memory {@code count · width · (1 + 2 rank)} numbers, as many multiplications for a point.
 */
public final class DiagonalPlusLowRankGenerators implements Generators {
    private final float[] diagonals;
    private final LowRankGenerators lowRank;

    /**
     * Generators with the given parts.
     *
     * @param diagonals all a_k, row-major {@code [count, width]}; copied
     * @param lowRank all {@code U_k V_kᵀ}
     * @throws IllegalArgumentException if the number of diagonal entries is another
     */
    public DiagonalPlusLowRankGenerators(float[] diagonals, LowRankGenerators lowRank) {
        this.lowRank = requireNonNull(lowRank, "lowRank");
        this.diagonals = GeneratorArrays.copyOfLength("diagonals", diagonals, (long) lowRank.count() * lowRank.width());
    }

    /** Generators before they are learned. */
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

    /** The low-rank part. */
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
        return new Training(engine, capacity);
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

    final class Training extends TrainableExplicitGenerators {
        private final int columns = lowRank.count() * lowRank.rank();
        private final LowRankGenerators.Training lowRankTraining;
        private final float[] trainedDiagonals = diagonals.clone();
        private final float[] diagonalsGradient = new float[diagonals.length];
        /** Uᵀ, so that each of its columns is in one piece. */
        private final float[] leftRows;

        Training(Engine engine, int capacity) {
            super(engine, lowRank.width(), lowRank.count(), capacity);
            this.lowRankTraining = lowRank.trainable(engine, capacity);
            this.leftRows = new float[columns * lowRank.width()];
            parametersChanged();
        }

        @Override
        public List<float[]> parameters() {
            return withDiagonal(trainedDiagonals, lowRankTraining.parameters());
        }

        @Override
        public List<float[]> gradients() {
            return withDiagonal(diagonalsGradient, lowRankTraining.gradients());
        }

        private static List<float[]> withDiagonal(float[] diagonal, List<float[]> factors) {
            List<float[]> all = new ArrayList<>(List.of(diagonal));
            all.addAll(factors);
            return all;
        }

        @Override
        public void parametersChanged() {
            float[] left = lowRankTraining.left();
            for (int row = 0; row < width(); row++) {
                for (int column = 0; column < columns; column++) {
                    leftRows[column * width() + row] = left[row * columns + column];
                }
            }
        }

        @Override
        public Generators snapshot() {
            return new DiagonalPlusLowRankGenerators(trainedDiagonals, lowRankTraining.snapshot());
        }

        @Override
        void move(float[] points, float[] differences, int rows) {
            int width = width();
            int rank = lowRank.rank();
            lowRankTraining.project(points, rows);
            for (int row = 0; row < rows; row++) {
                for (int generator = 0; generator < count(); generator++) {
                    int target = (row * count() + generator) * width;
                    multiply(trainedDiagonals, generator * width, points, row * width, moved(), target, width);
                    for (int column = generator * rank; column < (generator + 1) * rank; column++) {
                        float factor = lowRankTraining.projected()[row * columns + column];
                        add(factor, leftRows, column * width, moved(), target, width);
                    }
                }
            }
        }

        @Override
        void subtractMoved(int rows, int rowsPerSample, float[] coefficients, float[] differences) {
            super.subtractMoved(rows, rowsPerSample, coefficients, differences);
            lowRankTraining.weightProjections(rows, rowsPerSample, coefficients);
        }

        @Override
        void differentiate(
                float[] points, int rows, int rowsPerSample, float[] coefficients, float[] slopes, float[] pull) {
            int width = width();
            lowRankTraining.differentiate(points, rows, rowsPerSample, coefficients, slopes, pull);
            Arrays.fill(diagonalsGradient, 0);
            for (int row = 0; row < rows; row++) {
                for (int generator = 0; generator < count(); generator++) {
                    float coefficient = coefficients[row / rowsPerSample * count() + generator];
                    for (int column = 0; column < width; column++) {
                        float weighted = coefficient * slopes[row * width + column];
                        diagonalsGradient[generator * width + column] -= weighted * points[row * width + column];
                        pull[row * width + column] -= weighted * trainedDiagonals[generator * width + column];
                    }
                }
            }
        }

        private static void multiply(
                float[] first,
                int firstOffset,
                float[] second,
                int secondOffset,
                float[] target,
                int offset,
                int length) {
            for (int index = 0; index < length; index++) {
                target[offset + index] = first[firstOffset + index] * second[secondOffset + index];
            }
        }

        private static void add(
                float factor, float[] values, int valuesOffset, float[] target, int offset, int length) {
            for (int index = 0; index < length; index++) {
                target[offset + index] += factor * values[valuesOffset + index];
            }
        }
    }
}
