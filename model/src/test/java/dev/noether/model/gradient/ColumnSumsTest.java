package dev.noether.model.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Compares the sums with a loop in double precision; one object sums matrices of all sizes in turn. */
final class ColumnSumsTest extends RandomizedTest {
    private static final int MOST_ROWS = 70;
    private static final int WIDEST = 20;

    @Test
    void sumsEachColumn() {
        RandomGenerator random = random();
        ColumnSums sums = new ColumnSums(MOST_ROWS * WIDEST);
        for (int rows = 1; rows <= MOST_ROWS; rows++) {
            int width = random.nextInt(1, WIDEST + 1);
            float[] matrix = normals(random, rows * width + random.nextInt(3));
            float[] before = matrix.clone();

            float[] actual = sums.of(matrix, rows, width);

            assertThat(matrix).isEqualTo(before);
            for (int column = 0; column < width; column++) {
                double expected = 0;
                for (int row = 0; row < rows; row++) {
                    expected += matrix[row * width + column];
                }
                assertThat((double) actual[column])
                        .as("column %d of %d × %d", column, rows, width)
                        .isCloseTo(expected, within(1e-5 * rows));
            }
        }
    }
}
