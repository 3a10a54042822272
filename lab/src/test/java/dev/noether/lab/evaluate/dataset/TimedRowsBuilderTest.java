package dev.noether.lab.evaluate.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class TimedRowsBuilderTest extends RandomizedTest {
    private static final double MISSING = Double.NaN;

    @Test
    void aMissingValueRepeatsTheLastOneOfItsFeature() {
        TimedRowsBuilder builder = new TimedRowsBuilder(2);
        builder.add(1, new double[] {MISSING, 5});
        builder.add(2, new double[] {7, MISSING});
        builder.add(3, new double[] {MISSING, MISSING});
        assertThat(builder.build().values()).containsExactly(0, 5, 7, 5, 7, 5);
    }

    @Test
    void timeRisesStrictlyWhateverTheClockDoes() {
        RandomGenerator random = random();
        TimedRowsBuilder builder = new TimedRowsBuilder(1);
        long[] clock = new long[2_000];
        for (int i = 0; i < clock.length; i++) {
            clock[i] = 10L * i + random.nextInt(-50, 50);
            builder.add(clock[i], new double[] {i});
        }
        TimedRows rows = builder.build();
        assertThat(rows.length()).isEqualTo(clock.length);
        for (int i = 1; i < clock.length; i++) {
            long expected = Math.max(clock[i], rows.times()[i - 1] + 1);
            assertThat(rows.times()[i]).as("row %d", i).isEqualTo(expected);
            assertThat(rows.values()[i]).isEqualTo(i);
        }
    }

    @Test
    void aRowIsCopied() {
        TimedRowsBuilder builder = new TimedRowsBuilder(1);
        double[] row = {1};
        builder.add(1, row);
        row[0] = 2;
        builder.add(2, row);
        assertThat(builder.build().values()).containsExactly(1, 2);
    }

    @Test
    void rowsAreSlicedAndReadByColumn() {
        TimedRows rows = new TimedRows(new long[] {1, 2, 3}, new float[] {1, 10, 2, 20, 3, 30}, 2);
        assertThat(rows.column(1)).containsExactly(10, 20, 30);
        TimedRows slice = rows.slice(1, 3);
        assertThat(slice.times()).containsExactly(2, 3);
        assertThat(slice.values()).containsExactly(2, 20, 3, 30);
    }

    @Test
    void lengthsAreChecked() {
        assertThatThrownBy(() -> new TimedRows(new long[2], new float[3], 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`values` must hold 2 rows of 2 (got 3 values)");
        assertThatThrownBy(() -> new TimedRows(new long[0], new float[0], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`width`");
    }
}
