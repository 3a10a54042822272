package dev.noether.model.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class CovarianceMatrixTest extends RandomizedTest {

    @Test
    void equalsTheDefinitionForEveryNumberOfRows() {
        RandomGenerator random = random();
        // Blocks of four rows: all remainders, and fewer rows than a block.
        for (int count = 1; count <= 18; count++) {
            int width = random.nextInt(1, 8);
            float[] rows = normals(random, count * width + 3);
            double[] mean = CovarianceMatrix.mean(rows, count, width);
            double[][] covariance = CovarianceMatrix.of(rows, count, width, mean);
            for (int first = 0; first < width; first++) {
                assertThat(mean[first]).isCloseTo(mean(rows, count, width, first), within(1e-12));
                for (int second = 0; second < width; second++) {
                    double sum = 0;
                    for (int row = 0; row < count; row++) {
                        sum += (rows[row * width + first] - mean(rows, count, width, first))
                                * (rows[row * width + second] - mean(rows, count, width, second));
                    }
                    assertThat(covariance[first][second])
                            .as("%d rows, columns %d and %d", count, first, second)
                            .isCloseTo(sum / count, within(1e-12));
                }
            }
        }
    }

    @Test
    void aShiftOfAColumnChangesTheMeanOnly() {
        RandomGenerator random = random();
        float[] rows = new float[40 * 3];
        for (int index = 0; index < rows.length; index++) {
            rows[index] = random.nextInt(-50, 50);
        }
        float[] shifted = rows.clone();
        for (int row = 0; row < 40; row++) {
            shifted[row * 3 + 1] += 4096;
        }
        double[] mean = CovarianceMatrix.mean(rows, 40, 3);
        double[] shiftedMean = CovarianceMatrix.mean(shifted, 40, 3);
        assertThat(shiftedMean[1] - mean[1]).isCloseTo(4096, within(1e-9));
        TextbookMatrices.assertClose(
                CovarianceMatrix.of(shifted, 40, 3, shiftedMean), CovarianceMatrix.of(rows, 40, 3, mean), 1e-8);
    }

    @Test
    void refusesAValueThatIsNotFiniteAndNamesItsPlace() {
        float[] rows = new float[12];
        rows[7] = Float.NEGATIVE_INFINITY;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CovarianceMatrix.mean(rows, 4, 3))
                .withMessage("`rows` must be finite (got -Infinity in row 2, column 1)");
        assertThat(CovarianceMatrix.mean(Arrays.copyOf(rows, 12), 2, 3)).containsOnly(0);
    }

    private static double mean(float[] rows, int count, int width, int column) {
        double sum = 0;
        for (int row = 0; row < count; row++) {
            sum += rows[row * width + column];
        }
        return sum / count;
    }
}
