package dev.noether.model.symmetry;

import dev.noether.model.engine.Engine;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Skew-symmetric generators, {@code G = W − Wᵀ} with W above the diagonal: the Lie algebra of the rotations, so that
 * {@code exp(εG)} moves points without changing their length.
 *
 * <p>Memory {@code count · width (width − 1) / 2} numbers: row after row what stands above the diagonal, generator
 * after generator. As many multiplications for a point as {@link FullGenerators}. The gradient is
 * {@code ∂W = ∂G − ∂Gᵀ}.
 */
public final class SkewSymmetricGenerators extends DenseGenerators {
    /**
     * Generators with the given entries.
     *
     * @param upper what stands above the diagonals, row after row, {@code [count, width (width − 1) / 2]}; copied
     * @throws IllegalArgumentException if a size is not positive or the number of entries is another
     */
    public SkewSymmetricGenerators(int width, int count, float[] upper) {
        super(width, count, "upper", upper, (long) width * (width - 1) / 2);
    }

    /** Generators before they are learned. */
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

    /** A copy of what stands above the diagonals, row after row, {@code [count, width (width − 1) / 2]}. */
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
        return new Training(engine, capacity);
    }

    final class Training extends TrainableDenseGenerators {
        private final float[] parameters = entries().clone();
        private final float[] gradient = new float[parameters.length];

        Training(Engine engine, int capacity) {
            super(
                    engine,
                    SkewSymmetricGenerators.this.width(),
                    SkewSymmetricGenerators.this.count(),
                    capacity,
                    new float[Math.toIntExact(multiplicationsPerPoint())]);
            parametersChanged();
        }

        @Override
        public List<float[]> parameters() {
            return List.of(parameters);
        }

        @Override
        public List<float[]> gradients() {
            return List.of(gradient);
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
                        matrices[matrix + row * width + column] = parameters[index];
                        matrices[matrix + column * width + row] = -parameters[index];
                        index++;
                    }
                }
            }
        }

        @Override
        void differentiate(
                float[] points, int rows, int rowsPerSample, float[] coefficients, float[] slopes, float[] pull) {
            super.differentiate(points, rows, rowsPerSample, coefficients, slopes, pull);
            int width = width();
            float[] matricesGradient = matricesGradient();
            int index = 0;
            for (int generator = 0; generator < count(); generator++) {
                int matrix = generator * width * width;
                for (int row = 0; row < width; row++) {
                    for (int column = row + 1; column < width; column++) {
                        gradient[index++] = matricesGradient[matrix + row * width + column]
                                - matricesGradient[matrix + column * width + row];
                    }
                }
            }
        }

        @Override
        public Generators snapshot() {
            return new SkewSymmetricGenerators(width(), count(), parameters);
        }
    }
}
