package dev.noether.model.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class SeriesSetTest extends RandomizedTest {

    @Test
    void everyAccessReadsTheSameValues() {
        RandomGenerator random = random();
        int count = 7;
        int length = 5;
        float[] values = normals(random, count * length + 4);
        SeriesSet series = SeriesSet.of(values, count, length);
        double[] copied = new double[length + 2];
        copied[length] = -1;
        for (int row = 0; row < count; row++) {
            series.copyRow(row, copied);
            for (int column = 0; column < length; column++) {
                float expected = values[row * length + column];
                assertThat(series.value(row, column)).isEqualTo(expected);
                assertThat(series.row(row)[column]).isEqualTo(expected);
                assertThat(copied[column]).isEqualTo(expected);
                assertThat(series.values()[row * length + column]).isEqualTo(expected);
            }
            assertThat(copied[length]).isEqualTo(-1);
        }
        assertThat(series.values()).hasSize(count * length);
    }

    @Test
    void doesNotShareItsArraysWithTheCaller() {
        float[] values = {1, 2, 3, 4};
        SeriesSet series = SeriesSet.of(values, 2, 2);
        values[0] = 9;
        series.values()[1] = 9;
        series.row(1)[0] = 9;
        assertThat(series.values()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void selectsRowsInAnyOrderAndMoreThanOnce() {
        SeriesSet series = SeriesSet.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
        SeriesSet selected = series.select(2, 0, 2, 1);
        assertThat(selected.count()).isEqualTo(4);
        assertThat(selected.values()).containsExactly(5, 6, 1, 2, 5, 6, 3, 4);
        assertThat(selected.select(1).values()).containsExactly(1, 2);
    }

    @Test
    void refusesWhatIsNotASetOfSeries() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SeriesSet.of(new float[4], 0, 4))
                .withMessage("`count` must be at least 1 (got 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SeriesSet.of(new float[4], 4, -1))
                .withMessage("`length` must be at least 1 (got -1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SeriesSet.of(new float[5], 2, 3))
                .withMessage("`values` must hold 2 × 3 values (got 5)");
        // The product of the two numbers exceeds an int.
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SeriesSet.of(new float[5], 1 << 16, 1 << 16))
                .withMessage("`values` must hold 65536 × 65536 values (got 5)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SeriesSet.of(new float[] {0, 0, 0, 0, Float.NaN, 0}, 2, 3))
                .withMessage("`values` must be finite (got NaN in row 1, column 1)");
        // A value behind the last row is not part of the set.
        assertThat(SeriesSet.of(new float[] {0, 1, Float.NaN}, 1, 2).values()).containsExactly(0, 1);
    }

    @Test
    void refusesIndicesOutsideOfTheSet() {
        SeriesSet series = SeriesSet.of(new float[6], 2, 3);
        for (int row : new int[] {-1, 2}) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> series.row(row));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> series.value(row, 0));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> series.select(0, row));
        }
        // Column 3 of row 0 would be column 0 of row 1.
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> series.value(0, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(series::select)
                .withMessage("`number of rows` must be at least 1 (got 0)");
    }

    @Test
    void squaredDistancesAreThoseOfTheDefinition() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 30; trial++) {
            int count = random.nextInt(1, 12);
            int length = random.nextInt(1, 9);
            SeriesSet series = SeriesSet.of(normals(random, count * length), count, length);
            double[][] distances = SeriesDistances.squared(series);
            assertThat(distances).hasDimensions(count, count);
            for (int row = 0; row < count; row++) {
                for (int other = 0; other < count; other++) {
                    double expected = 0;
                    for (int column = 0; column < length; column++) {
                        expected += Math.pow((double) series.value(row, column) - series.value(other, column), 2);
                    }
                    assertThat(distances[row][other]).isCloseTo(expected, within(1e-5 * (1 + expected)));
                    assertThat(distances[row][other]).isEqualTo(distances[other][row]);
                }
                assertThat(distances[row][row]).isZero();
            }
        }
    }

    @Test
    void distancesObeyTheTriangleInequalityAndIgnoreAnOffset() {
        RandomGenerator random = random();
        int count = 12;
        float[] values = new float[count * 4];
        float[] shifted = new float[values.length];
        for (int index = 0; index < values.length; index++) {
            values[index] = random.nextInt(-100, 100);
            shifted[index] = values[index] + 1024;
        }
        double[][] distances = SeriesDistances.squared(SeriesSet.of(values, count, 4));
        assertThat(SeriesDistances.squared(SeriesSet.of(shifted, count, 4))).isDeepEqualTo(distances);
        for (int first = 0; first < count; first++) {
            for (int second = 0; second < count; second++) {
                for (int third = 0; third < count; third++) {
                    assertThat(Math.sqrt(distances[first][third]))
                            .isLessThanOrEqualTo(
                                    Math.sqrt(distances[first][second]) + Math.sqrt(distances[second][third]) + 1e-9);
                }
            }
        }
    }
}
