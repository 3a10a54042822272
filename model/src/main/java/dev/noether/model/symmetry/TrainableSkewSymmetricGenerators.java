package dev.noether.model.symmetry;

import dev.noether.model.engine.Engine;
import java.util.List;

/**
 * {@link SkewSymmetricGenerators} under training. The parameters are the entries W above the diagonals; the matrices
 * {@code G = W − Wᵀ} are derived from them, and the gradient is {@code ∂W = ∂G − ∂Gᵀ}.
 */
final class TrainableSkewSymmetricGenerators extends TrainableDenseGenerators {
    private final float[] upper;
    private final float[] upperGradient;

    TrainableSkewSymmetricGenerators(Engine engine, SkewSymmetricGenerators initial, int capacity) {
        super(
                engine,
                initial.width(),
                initial.count(),
                capacity,
                new float[Math.toIntExact(initial.multiplicationsPerPoint())]);
        this.upper = initial.upper();
        this.upperGradient = new float[upper.length];
        parametersChanged();
    }

    @Override
    public List<float[]> parameters() {
        return List.of(upper);
    }

    @Override
    public List<float[]> gradients() {
        return List.of(upperGradient);
    }

    @Override
    public void parametersChanged() {
        int width = width();
        float[] matrices = matrices();
        int index = 0;
        for (int generator = 0; generator < count(); generator++) {
            int matrix = generator * width * width;
            for (int row = 0; row < width; row++) {
                for (int column = row + 1; column < width; column++) {
                    matrices[matrix + row * width + column] = upper[index];
                    matrices[matrix + column * width + row] = -upper[index];
                    index++;
                }
            }
        }
    }

    @Override
    void differentiate(
            float[] points,
            int rows,
            int rowsPerSample,
            float[] coefficients,
            float[] residualGradient,
            float[] pointsGradient) {
        super.differentiate(points, rows, rowsPerSample, coefficients, residualGradient, pointsGradient);
        int width = width();
        float[] matricesGradient = matricesGradient();
        int index = 0;
        for (int generator = 0; generator < count(); generator++) {
            int matrix = generator * width * width;
            for (int row = 0; row < width; row++) {
                for (int column = row + 1; column < width; column++) {
                    upperGradient[index++] = matricesGradient[matrix + row * width + column]
                            - matricesGradient[matrix + column * width + row];
                }
            }
        }
    }

    @Override
    public Generators snapshot() {
        return new SkewSymmetricGenerators(width(), count(), upper);
    }
}
