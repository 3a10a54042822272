package dev.noether.lab.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.series.SeriesSet;
import dev.noether.testing.RandomizedTest;
import org.junit.jupiter.api.Test;

final class SeriesScaleTest extends RandomizedTest {
    @Test
    void scaledSeriesHaveMeanZeroInEachColumnAndUnitRootMeanSquareInAll() {
        SeriesSet series = series(50, 8, 7, 3);
        float[] scaled = SeriesScale.of(series).scaled(series);
        double squares = 0;
        for (int column = 0; column < 8; column++) {
            double sum = 0;
            for (int row = 0; row < 50; row++) {
                sum += scaled[row * 8 + column];
                squares += scaled[row * 8 + column] * scaled[row * 8 + column];
            }
            assertThat(sum / 50).isCloseTo(0, within(1e-6));
        }
        assertThat(Math.sqrt(squares / 400)).isCloseTo(1, within(1e-6));
    }

    @Test
    void aSquareGoesBackIntoTheUnitOfTheSeries() {
        SeriesSet series = series(20, 4, 0, 1);
        SeriesScale scale = SeriesScale.of(series);
        float[] scaled = scale.scaled(series);
        double difference = scaled[5] - scaled[1];
        // Column 1 in rows 0 and 1: the means cancel.
        double raw = series.row(1)[1] - series.row(0)[1];
        assertThat(scale.unscaledSquare(difference * difference)).isCloseTo(raw * raw, within(1e-4));
    }

    @Test
    void constantSeriesKeepTheirUnit() {
        SeriesSet series = SeriesSet.of(new float[] {5, 6, 5, 6}, 2, 2);
        SeriesScale scale = SeriesScale.of(series);
        assertThat(scale.scaled(series)).containsOnly(0f);
        assertThat(scale.unscaledSquare(4)).isEqualTo(4);
    }

    @Test
    void aRowIsWrittenAtItsOffset() {
        SeriesSet series = SeriesSet.of(new float[] {1, 3, -1, -3}, 2, 2);
        float[] target = {9, 9, 9, 9};
        SeriesScale.of(series).copy(new double[] {Math.sqrt(5), 0}, target, 1);
        assertThat(target[0]).isEqualTo(9);
        assertThat(target[1]).isCloseTo(1, within(1e-6f));
        assertThat(target[2]).isZero();
        assertThat(target[3]).isEqualTo(9);
    }

    private static SeriesSet series(int count, int length, double mean, double deviation) {
        float[] values = normals(random(), count * length);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (mean + i % length + deviation * values[i]);
        }
        return SeriesSet.of(values, count, length);
    }
}
