package dev.noether.model.symmetry;

import dev.noether.model.engine.Engine;

/**
 * Generators under training with all entries of their matrices in one array, {@code [count × width, width]}.
 *
 * <p>With the residual gradient C, {@code [rows, width]}, and the coefficient ε_k of each row,
 * {@code ∂G_k = − (ε_k ∘ C)ᵀ P}. One matrix product computes this for all k, another one the gradient with respect to
 * the points P.
 */
abstract sealed class TrainableDenseGenerators extends TrainableExplicitGenerators
        permits TrainableFullGenerators, TrainableSkewSymmetricGenerators {
    private final float[] matrices;
    private final float[] matricesGradient;

    TrainableDenseGenerators(Engine engine, int width, int count, int capacity, float[] matrices) {
        super(engine, width, count, capacity);
        this.matrices = matrices;
        this.matricesGradient = new float[matrices.length];
    }

    /** The entries, not a copy. */
    final float[] matrices() {
        return matrices;
    }

    /** The gradient with respect to the entries, not a copy. */
    final float[] matricesGradient() {
        return matricesGradient;
    }

    @Override
    final void move(float[] points, float[] differences, int rows) {
        engine().multiply(false, true, rows, count() * width(), width(), 1, points, matrices, 0, moved());
    }

    @Override
    void differentiate(
            float[] points,
            int rows,
            int rowsPerSample,
            float[] coefficients,
            float[] residualGradient,
            float[] pointsGradient) {
        int count = count();
        int width = width();
        // The moved points are no longer needed; their array is used for ε_k ∘ C.
        float[] weighted = moved();
        for (int row = 0; row < rows; row++) {
            for (int generator = 0; generator < count; generator++) {
                float coefficient = coefficients[row / rowsPerSample * count + generator];
                int offset = (row * count + generator) * width;
                for (int column = 0; column < width; column++) {
                    weighted[offset + column] = coefficient * residualGradient[row * width + column];
                }
            }
        }
        engine().multiply(true, false, count * width, width, rows, -1, weighted, points, 0, matricesGradient);
        engine().multiply(false, false, rows, width, count * width, -1, weighted, matrices, 1, pointsGradient);
    }
}
