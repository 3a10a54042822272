package dev.noether.model.symmetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class LowRankNormalEquationsTest extends RandomizedTest {

    @Test
    void equalTheSumsOfTheirDefinitionForEveryRank() {
        RandomGenerator random = random();
        // Four columns at a time: ranks below, at and above multiples of four.
        for (int rank = 1; rank <= 10; rank++) {
            for (int count = 1; count <= 3; count++) {
                int columns = count * rank;
                int allRows = 6;
                float[] projected = normals(random, allRows * columns);
                float[] aligned = normals(random, allRows * columns);
                LowRankNormalEquations equations = new LowRankNormalEquations(count, rank, projected, aligned);
                float[] left = normals(random, 5 * columns);
                float[] gram = gram(left, 5, columns);
                System.arraycopy(gram, 0, equations.gram(), 0, gram.length);
                int firstRow = random.nextInt(3);
                int rows = random.nextInt(1, 4);
                double[] matrix = new double[count * count];
                double[] vector = new double[count];
                Arrays.fill(matrix, 99);
                Arrays.fill(vector, 99);
                equations.fill(firstRow, rows, matrix, vector);
                for (int generator = 0; generator < count; generator++) {
                    double alignment = 0;
                    for (int row = firstRow; row < firstRow + rows; row++) {
                        for (int a = generator * rank; a < (generator + 1) * rank; a++) {
                            alignment += (double) projected[row * columns + a] * aligned[row * columns + a];
                        }
                    }
                    assertThat(vector[generator])
                            .as("b_%d, rank %d, %d generators", generator, rank, count)
                            .isCloseTo(alignment, within(1e-4));
                    for (int other = 0; other <= generator; other++) {
                        double expected = 0;
                        for (int row = firstRow; row < firstRow + rows; row++) {
                            expected += product(projected, gram, row, columns, rank, generator, other);
                        }
                        assertThat(matrix[generator * count + other])
                                .as("M_%d,%d, rank %d, %d generators", generator, other, rank, count)
                                .isCloseTo(expected, within(1e-4 * (10 + Math.abs(expected))));
                    }
                }
            }
        }
    }

    private static double product(
            float[] projected, float[] gram, int row, int columns, int rank, int generator, int other) {
        double sum = 0;
        for (int a = generator * rank; a < (generator + 1) * rank; a++) {
            for (int b = other * rank; b < (other + 1) * rank; b++) {
                sum += (double) projected[row * columns + a] * gram[a * columns + b] * projected[row * columns + b];
            }
        }
        return sum;
    }

    private static float[] gram(float[] left, int width, int columns) {
        float[] gram = new float[columns * columns];
        for (int a = 0; a < columns; a++) {
            for (int b = 0; b < columns; b++) {
                double sum = 0;
                for (int row = 0; row < width; row++) {
                    sum += (double) left[row * columns + a] * left[row * columns + b];
                }
                gram[a * columns + b] = (float) sum;
            }
        }
        return gram;
    }
}
