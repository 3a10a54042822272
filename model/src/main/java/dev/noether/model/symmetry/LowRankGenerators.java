package dev.noether.model.symmetry;

import dev.noether.model.engine.Engine;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Symmetry generators of low rank: {@code G_k = U_k · V_kᵀ} for k below {@code count}. Full matrices would need
 * {@code count · width²} numbers, which the paper calls its bottleneck; these need {@code 2 · count · width · rank}, and as many
 * multiplications for a point.
 *
 * <p>Immutable: the factors are copied in and out. Each is row-major {@code [width, count × rank]}, the columns of U_0 before
 * those of U_1.
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
     * @throws IllegalArgumentException if a size is not positive or a factor has another length
     */
    public LowRankGenerators(int width, int count, int rank, float[] left, float[] right) {
        this.width = GeneratorArrays.requirePositive("width", width);
        this.count = GeneratorArrays.requirePositive("count", count);
        this.rank = GeneratorArrays.requirePositive("rank", rank);
        this.left = GeneratorArrays.copyOfLength("left", left, (long) width * count * rank);
        this.right = GeneratorArrays.copyOfLength("right", right, (long) width * count * rank);
    }

    /** Generators before they are learned, with entries of mean 0 and variance {@code 1 / width}. */
    public static LowRankGenerators initialised(int width, int count, int rank, RandomGenerator random) {
        // An entry of U · Vᵀ sums `rank` products of two factors of this deviation.
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
    public Training trainable(Engine engine, int capacity) {
        return new Training(engine, capacity);
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

    /**
     * The factors under training. The moved points are never formed: with {@code p = VᵀP}, {@code UᵀG_k P} is
     * {@code UᵀU} times the part of p that belongs to k, M is p times that, and b is p times {@code Uᵀ(D − P)}. The gradients are
     *
     * <pre>{@code ∂U_k = − Σ ε_k c (V_kᵀ P)ᵀ      ∂V_k = − Σ ε_k P (U_kᵀ c)ᵀ}</pre>
     */
    final class Training extends TrainableGenerators {
        private final Engine engine;
        private final int columns = count * rank;
        private final float[] trainedLeft = left.clone();
        private final float[] trainedRight = right.clone();
        private final float[] leftGradient = new float[left.length];
        private final float[] rightGradient = new float[right.length];
        private final float[] gram = new float[Math.multiplyExact(columns, columns)];
        private final float[] projected;
        private final float[] aligned;

        private Training(Engine engine, int capacity) {
            super(width, count);
            this.engine = engine;
            this.projected = new float[Math.multiplyExact(capacity, columns)];
            this.aligned = new float[capacity * columns];
        }

        /** U under training, not a copy. */
        float[] left() {
            return trainedLeft;
        }

        /** {@code VᵀP}, {@code [rows, count × rank]}; after {@link #weightProjections} times ε. */
        float[] projected() {
            return projected;
        }

        @Override
        public List<float[]> parameters() {
            return List.of(trainedLeft, trainedRight);
        }

        @Override
        public List<float[]> gradients() {
            return List.of(leftGradient, rightGradient);
        }

        @Override
        public void parametersChanged() {
            // UᵀU is formed for each evaluation.
        }

        @Override
        public LowRankGenerators snapshot() {
            return new LowRankGenerators(width, count, rank, trainedLeft, trainedRight);
        }

        void project(float[] points, int rows) {
            engine.multiply(false, false, rows, columns, width, 1, points, trainedRight, 0, projected);
        }

        @Override
        void move(float[] points, float[] differences, int rows) {
            project(points, rows);
            engine.multiply(true, false, columns, columns, width, 1, trainedLeft, trainedLeft, 0, gram);
            engine.multiply(false, false, rows, columns, width, 1, differences, trainedLeft, 0, aligned);
        }

        @Override
        void fillNormalEquations(float[] differences, int firstRow, int rows, double[] matrix, double[] vector) {
            Arrays.fill(matrix, 0);
            Arrays.fill(vector, 0);
            for (int row = firstRow; row < firstRow + rows; row++) {
                int offset = row * columns;
                for (int generator = 0; generator < count; generator++) {
                    int first = generator * rank;
                    double alignment = 0;
                    for (int column = offset + first; column < offset + first + rank; column++) {
                        alignment += projected[column] * aligned[column];
                    }
                    vector[generator] += alignment;
                    addBlocks(offset, generator, matrix);
                }
            }
        }

        /**
         * Adds a generator's part of M for the p of a row at an offset: for it and each generator before it the sum over their columns
         * a and b of {@code p_a (UᵀU)_ab p_b}. Four a at a time, whose p stay in registers.
         */
        private void addBlocks(int offset, int generator, double[] matrix) {
            int end = (generator + 1) * rank;
            int column = generator * rank;
            for (; column + 4 <= end; column += 4) {
                for (int other = 0; other <= generator; other++) {
                    matrix[generator * count + other] += sumOfFour(offset, column, other * rank);
                }
            }
            for (; column < end; column++) {
                for (int other = 0; other <= generator; other++) {
                    matrix[generator * count + other] += sumOfOne(offset, column, other * rank);
                }
            }
        }

        private float sumOfFour(int offset, int column, int first) {
            float p0 = projected[offset + column];
            float p1 = projected[offset + column + 1];
            float p2 = projected[offset + column + 2];
            float p3 = projected[offset + column + 3];
            int row = column * columns;
            int end = first + rank;
            float sum = 0;
            int other = first;
            // Four b at a time as well: a loop over so few values costs more to begin than to run.
            for (; other + 4 <= end; other += 4) {
                sum += weighted(p0, p1, p2, p3, row + other) * projected[offset + other]
                        + weighted(p0, p1, p2, p3, row + other + 1) * projected[offset + other + 1]
                        + (weighted(p0, p1, p2, p3, row + other + 2) * projected[offset + other + 2]
                                + weighted(p0, p1, p2, p3, row + other + 3) * projected[offset + other + 3]);
            }
            for (; other < end; other++) {
                sum += weighted(p0, p1, p2, p3, row + other) * projected[offset + other];
            }
            return sum;
        }

        private float weighted(float p0, float p1, float p2, float p3, int index) {
            return p0 * gram[index]
                    + p1 * gram[index + columns]
                    + (p2 * gram[index + 2 * columns] + p3 * gram[index + 3 * columns]);
        }

        private float sumOfOne(int offset, int column, int first) {
            float sum = 0;
            for (int other = first; other < first + rank; other++) {
                sum += gram[column * columns + other] * projected[offset + other];
            }
            return sum * projected[offset + column];
        }

        @Override
        void subtractMoved(int rows, int rowsPerSample, float[] coefficients, float[] differences) {
            weightProjections(rows, rowsPerSample, coefficients);
            engine.multiply(false, true, rows, width, columns, -1, projected, trainedLeft, 1, differences);
        }

        /** Makes {@code VᵀP} into {@code ε ∘ VᵀP}, which {@link #differentiate} wants. */
        void weightProjections(int rows, int rowsPerSample, float[] coefficients) {
            weight(rows, rowsPerSample, coefficients, projected);
        }

        private void weight(int rows, int rowsPerSample, float[] coefficients, float[] matrix) {
            for (int row = 0; row < rows; row++) {
                for (int generator = 0; generator < count; generator++) {
                    float coefficient = coefficients[row / rowsPerSample * count + generator];
                    int offset = row * columns + generator * rank;
                    for (int column = offset; column < offset + rank; column++) {
                        matrix[column] *= coefficient;
                    }
                }
            }
        }

        @Override
        void differentiate(
                float[] points, int rows, int rowsPerSample, float[] coefficients, float[] slopes, float[] pull) {
            engine.multiply(true, false, width, columns, rows, -1, slopes, projected, 0, leftGradient);
            engine.multiply(false, false, rows, columns, width, 1, slopes, trainedLeft, 0, aligned);
            weight(rows, rowsPerSample, coefficients, aligned);
            engine.multiply(true, false, width, columns, rows, -1, points, aligned, 0, rightGradient);
            engine.multiply(false, true, rows, width, columns, -1, aligned, trainedRight, 1, pull);
        }
    }
}
