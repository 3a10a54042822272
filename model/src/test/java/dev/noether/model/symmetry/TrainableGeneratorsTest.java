package dev.noether.model.symmetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineChoice;
import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The computations of generators under training, of every structure, against products with full matrices. */
final class TrainableGeneratorsTest extends RandomizedTest {
    private static final int TRIALS = 12;

    @ParameterizedTest
    @EnumSource(GeneratorStructure.class)
    void normalEquationsAreTheInnerProductsOfTheMovedPoints(GeneratorStructure structure) {
        RandomGenerator random = random();
        for (int trial = 0; trial < TRIALS; trial++) {
            Case example = new Case(structure, random);
            example.trainable.move(example.points, example.differences, example.rows);
            for (int sample = 0; sample < example.samples; sample++) {
                double[] matrix = new double[example.count * example.count];
                double[] vector = new double[example.count];
                int first = sample * example.rowsPerSample;
                example.trainable.fillNormalEquations(
                        example.differences, first, example.rowsPerSample, matrix, vector);
                for (int generator = 0; generator < example.count; generator++) {
                    for (int other = 0; other <= generator; other++) {
                        assertThat(matrix[generator * example.count + other])
                                .as("M_%d,%d of sample %d, %s", generator, other, sample, example.sizes())
                                .isCloseTo(example.movedProduct(sample, generator, other), within(2e-3));
                    }
                    assertThat(vector[generator])
                            .as("b_%d of sample %d, %s", generator, sample, example.sizes())
                            .isCloseTo(example.alignment(sample, generator), within(1e-3));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(GeneratorStructure.class)
    void theResidualIsTheDifferenceMinusTheMovedPoints(GeneratorStructure structure) {
        RandomGenerator random = random();
        for (int trial = 0; trial < TRIALS; trial++) {
            Case example = new Case(structure, random);
            float[] residual = example.differences.clone();
            example.trainable.move(example.points, example.differences, example.rows);
            example.trainable.subtractMoved(example.rows, example.rowsPerSample, example.coefficients, residual);
            for (int row = 0; row < example.rows; row++) {
                double[] expected = new double[example.width];
                for (int column = 0; column < example.width; column++) {
                    expected[column] = example.differences[row * example.width + column];
                }
                for (int generator = 0; generator < example.count; generator++) {
                    double[] moved = example.moved(row, generator);
                    for (int column = 0; column < example.width; column++) {
                        expected[column] -= example.coefficient(row, generator) * moved[column];
                    }
                }
                for (int column = 0; column < example.width; column++) {
                    assertThat((double) residual[row * example.width + column])
                            .as("row %d, column %d, %s", row, column, example.sizes())
                            .isCloseTo(expected[column], within(2e-4));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(GeneratorStructure.class)
    void gradientsAreThoseOfNumericalDifferentiation(GeneratorStructure structure) {
        RandomGenerator random = random();
        for (int trial = 0; trial < TRIALS; trial++) {
            Case example = new Case(structure, random);
            float[] residualGradient = normals(random, example.rows * example.width);
            float[] before = normals(random, example.rows * example.width);
            float[] pointsGradient = before.clone();
            example.trainable.move(example.points, example.differences, example.rows);
            example.trainable.subtractMoved(
                    example.rows, example.rowsPerSample, example.coefficients, example.differences.clone());
            example.trainable.differentiate(
                    example.points,
                    example.rows,
                    example.rowsPerSample,
                    example.coefficients,
                    residualGradient,
                    pointsGradient);
            double[] parameters = concatenated(example.trainable.parameters());
            double[] gradient = concatenated(example.trainable.gradients());
            assertThat(gradient).hasSameSizeAs(parameters);
            double[] points = doubles(example.points);
            for (int index = 0; index < parameters.length; index++) {
                assertThat(gradient[index])
                        .as("parameter %d, %s", index, example.sizes())
                        .isCloseTo(
                                slope(example, parameters, points, residualGradient, parameters, index), within(1e-3));
            }
            for (int index = 0; index < points.length; index++) {
                double expected = before[index] + slope(example, parameters, points, residualGradient, points, index);
                assertThat((double) pointsGradient[index])
                        .as("point value %d, %s", index, example.sizes())
                        .isCloseTo(expected, within(1e-3));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(GeneratorStructure.class)
    void changedParametersCountFromTheNextMoveOn(GeneratorStructure structure) {
        RandomGenerator random = random();
        Case example = new Case(structure, random);
        for (float[] array : example.trainable.parameters()) {
            for (int index = 0; index < array.length; index++) {
                array[index] += 0.1f * (index % 3);
            }
        }
        example.trainable.parametersChanged();
        Generators snapshot = example.trainable.snapshot();
        float[] residual = new float[example.rows * example.width];
        float[] ones = new float[example.samples * example.count];
        Arrays.fill(ones, 1);
        example.trainable.move(example.points, residual, example.rows);
        example.trainable.subtractMoved(example.rows, example.rowsPerSample, ones, residual);
        for (int row = 0; row < example.rows; row++) {
            float[] point = Arrays.copyOfRange(example.points, row * example.width, (row + 1) * example.width);
            double[] expected = new double[example.width];
            for (int generator = 0; generator < example.count; generator++) {
                float[] direction = snapshot.direction(generator, point);
                for (int column = 0; column < example.width; column++) {
                    expected[column] -= direction[column];
                }
            }
            for (int column = 0; column < example.width; column++) {
                assertThat((double) residual[row * example.width + column]).isCloseTo(expected[column], within(2e-4));
            }
        }
        assertThat(snapshot.trainable(example.engine, 1).snapshot()).isEqualTo(snapshot);
    }

    @ParameterizedTest
    @EnumSource(GeneratorStructure.class)
    void allEnginesComputeTheSameGradients(GeneratorStructure structure) {
        Generators generators = structure.initialised(6, 2, 2, random());
        float[] points = normals(random(), 4 * 6);
        float[] ones = {1, -2, 0.5f, 1};
        double[][] gradients = new double[2][];
        EngineChoice[] kinds = {EngineChoice.REFERENCE, EngineChoice.OPENBLAS};
        for (int kind = 0; kind < kinds.length; kind++) {
            try (Engine engine = kinds[kind].open()) {
                TrainableGenerators trainable = generators.trainable(engine, 4);
                float[] pointsGradient = new float[4 * 6];
                trainable.move(points, points, 4);
                trainable.subtractMoved(4, 2, ones, points.clone());
                trainable.differentiate(points, 4, 2, ones, points, pointsGradient);
                gradients[kind] = concatenated(concatenated(trainable.gradients()), doubles(pointsGradient));
            }
        }
        assertThat(gradients[1]).containsExactly(gradients[0], within(1e-4));
    }

    /** The derivative of {@code − Σ ε_k ⟨c, G_k P⟩} with respect to one value; exact, because it is linear in each. */
    private static double slope(
            Case example, double[] parameters, double[] points, float[] residualGradient, double[] values, int index) {
        double value = values[index];
        values[index] = value + 0.5;
        double above = example.loss(parameters, points, residualGradient);
        values[index] = value - 0.5;
        double below = example.loss(parameters, points, residualGradient);
        values[index] = value;
        return above - below;
    }

    /** Generators of random sizes with random points, differences and coefficients. */
    private static final class Case {
        final Engine engine = EngineChoice.REFERENCE.open();
        final int width;
        final int count;
        final int rank;
        final int samples;
        final int rowsPerSample;
        final int rows;
        final TextbookPenalty textbook;
        final TrainableGenerators trainable;
        final float[] points;
        final float[] differences;
        final float[] coefficients;
        final double[][][] matrices;

        Case(GeneratorStructure structure, RandomGenerator random) {
            width = random.nextInt(2, 8);
            count = random.nextInt(1, 4);
            rank = random.nextInt(1, 6);
            samples = random.nextInt(1, 4);
            rowsPerSample = random.nextInt(1, 4);
            rows = samples * rowsPerSample;
            textbook = new TextbookPenalty(structure, width, count, rank, samples, rowsPerSample);
            trainable = structure.initialised(width, count, rank, random).trainable(engine, rows + random.nextInt(3));
            points = normals(random, rows * width);
            differences = normals(random, rows * width);
            coefficients = normals(random, samples * count);
            matrices = textbook.matrices(concatenated(trainable.parameters()));
        }

        String sizes() {
            return List.of(width, count, rank, samples, rowsPerSample).toString();
        }

        double coefficient(int row, int generator) {
            return coefficients[row / rowsPerSample * count + generator];
        }

        double[] moved(int row, int generator) {
            return moved(matrices[generator], doubles(points), row);
        }

        double movedProduct(int sample, int generator, int other) {
            double sum = 0;
            for (int row = sample * rowsPerSample; row < (sample + 1) * rowsPerSample; row++) {
                double[] first = moved(row, generator);
                double[] second = moved(row, other);
                for (int column = 0; column < width; column++) {
                    sum += first[column] * second[column];
                }
            }
            return sum;
        }

        double alignment(int sample, int generator) {
            double sum = 0;
            for (int row = sample * rowsPerSample; row < (sample + 1) * rowsPerSample; row++) {
                double[] moved = moved(row, generator);
                for (int column = 0; column < width; column++) {
                    sum += moved[column] * differences[row * width + column];
                }
            }
            return sum;
        }

        double loss(double[] parameters, double[] allPoints, float[] residualGradient) {
            double[][][] all = textbook.matrices(parameters);
            double loss = 0;
            for (int row = 0; row < rows; row++) {
                for (int generator = 0; generator < count; generator++) {
                    double[] moved = moved(all[generator], allPoints, row);
                    for (int column = 0; column < width; column++) {
                        loss -= coefficient(row, generator) * moved[column] * residualGradient[row * width + column];
                    }
                }
            }
            return loss;
        }

        private double[] moved(double[][] matrix, double[] allPoints, int row) {
            double[] moved = new double[width];
            for (int target = 0; target < width; target++) {
                for (int column = 0; column < width; column++) {
                    moved[target] += matrix[target][column] * allPoints[row * width + column];
                }
            }
            return moved;
        }
    }
}
