package dev.noether.lab.evaluate.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.wire.ObservationRow;
import dev.noether.lab.evaluate.dataset.TimedRows;
import org.junit.jupiter.api.Test;

final class ObservationGeneratorTest {
    private final TimedRows train = new TimedRows(new long[] {10, 20, 30}, new float[] {1, 2, 3, 4, 5, 6}, 2);
    private final TimedRows test = new TimedRows(new long[] {40, 50}, new float[] {7, 8, 9, 10}, 2);

    @Test
    void theLastTrainingRowsComeBeforeTheTestRows() {
        ObservationGenerator rows = new ObservationGenerator("pump", train, test, 2);
        assertThat(rows.count()).isEqualTo(4);
        assertRow(rows, 0, 20, -2, 3, 4);
        assertRow(rows, 1, 30, -1, 5, 6);
        assertRow(rows, 2, 40, 0, 7, 8);
        assertRow(rows, 3, 50, 1, 9, 10);
    }

    @Test
    void withoutWarmUpTheTestRowsStartAtOnce() {
        ObservationGenerator rows = new ObservationGenerator("pump", train, test, 0);
        assertThat(rows.count()).isEqualTo(2);
        assertRow(rows, 0, 40, 0, 7, 8);
    }

    private static void assertRow(ObservationGenerator rows, long index, long time, long offset, double... values) {
        ObservationRow row = (ObservationRow) rows.map(index);
        assertThat(row.entity()).isEqualTo("pump");
        assertThat(row.eventTime()).isEqualTo(time);
        assertThat(row.offset()).isEqualTo(offset);
        assertThat(row.values()).containsExactly(values);
    }
}
