package dev.noether.model.symmetry;

import dev.noether.model.engine.Engine;
import java.util.List;

/**
 * {@link LowRankGenerators} under training. The moved points {@code G_k P} are never computed; the
 * {@link LowRankNormalEquations} need the projections {@code p = VᵀP} and two small products only. The gradients are
 *
 * <pre>{@code ∂U_k = − Σ ε_k c (V_kᵀ P)ᵀ      ∂V_k = − Σ ε_k P (U_kᵀ c)ᵀ}</pre>
 *
 * <p>where the sum is over the rows.
 */
final class TrainableLowRankGenerators extends TrainableGenerators {
    private final Engine engine;
    private final int rank;
    private final int columns;
    private final float[] left;
    private final float[] right;
    private final float[] leftGradient;
    private final float[] rightGradient;
    private final LowRankNormalEquations equations;
    private final float[] projected;
    private final float[] aligned;

    TrainableLowRankGenerators(Engine engine, LowRankGenerators initial, int capacity) {
        super(initial.width(), initial.count());
        this.engine = engine;
        this.rank = initial.rank();
        this.columns = count() * rank;
        this.left = initial.left();
        this.right = initial.right();
        this.leftGradient = new float[left.length];
        this.rightGradient = new float[right.length];
        this.projected = new float[Math.multiplyExact(capacity, columns)];
        this.aligned = new float[capacity * columns];
        this.equations = new LowRankNormalEquations(count(), rank, projected, aligned);
    }

    /** U, not a copy. */
    float[] left() {
        return left;
    }

    /** {@code VᵀP}, {@code [rows, count × rank]}; after {@link #weightProjections} times ε. Not a copy. */
    float[] projected() {
        return projected;
    }

    @Override
    public List<float[]> parameters() {
        return List.of(left, right);
    }

    @Override
    public List<float[]> gradients() {
        return List.of(leftGradient, rightGradient);
    }

    @Override
    public void parametersChanged() {
        // UᵀU is computed for each evaluation.
    }

    @Override
    public LowRankGenerators snapshot() {
        return new LowRankGenerators(width(), count(), rank, left, right);
    }

    /** Computes {@code VᵀP}. */
    void project(float[] points, int rows) {
        engine.multiply(false, false, rows, columns, width(), 1, points, right, 0, projected);
    }

    @Override
    void move(float[] points, float[] differences, int rows) {
        project(points, rows);
        engine.multiply(true, false, columns, columns, width(), 1, left, left, 0, equations.gram());
        engine.multiply(false, false, rows, columns, width(), 1, differences, left, 0, aligned);
    }

    @Override
    void fillNormalEquations(float[] differences, int firstRow, int rows, double[] matrix, double[] vector) {
        equations.fill(firstRow, rows, matrix, vector);
    }

    @Override
    void subtractMoved(int rows, int rowsPerSample, float[] coefficients, float[] differences) {
        weightProjections(rows, rowsPerSample, coefficients);
        engine.multiply(false, true, rows, width(), columns, -1, projected, left, 1, differences);
    }

    /** Replaces {@code VᵀP} by {@code ε ∘ VᵀP}, which {@link #differentiate} reads. */
    void weightProjections(int rows, int rowsPerSample, float[] coefficients) {
        weight(rows, rowsPerSample, coefficients, projected);
    }

    @Override
    void differentiate(
            float[] points,
            int rows,
            int rowsPerSample,
            float[] coefficients,
            float[] residualGradient,
            float[] pointsGradient) {
        int width = width();
        engine.multiply(true, false, width, columns, rows, -1, residualGradient, projected, 0, leftGradient);
        engine.multiply(false, false, rows, columns, width, 1, residualGradient, left, 0, aligned);
        weight(rows, rowsPerSample, coefficients, aligned);
        engine.multiply(true, false, width, columns, rows, -1, points, aligned, 0, rightGradient);
        engine.multiply(false, true, rows, width, columns, -1, aligned, right, 1, pointsGradient);
    }

    /** Multiplies the columns of each generator by its ε. */
    private void weight(int rows, int rowsPerSample, float[] coefficients, float[] matrix) {
        int count = count();
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
}
