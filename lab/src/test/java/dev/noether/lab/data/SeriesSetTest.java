package dev.noether.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.model.series.SeriesSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SeriesSetTest {
    private final SeriesSet series = SeriesSet.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);

    @Test
    void rowsAreSelectedInTheOrderAskedFor() {
        assertThat(series.select(2, 0, 2).values()).containsExactly(5, 6, 1, 2, 5, 6);
        assertThat(series.row(1)).containsExactly(3, 4);
        assertThat(series.value(1, 1)).isEqualTo(4);
    }

    @Test
    void itCannotBeChangedFromOutside() {
        series.values()[0] = 9;
        series.row(0)[0] = 9;
        assertThat(series.value(0, 0)).isEqualTo(1);
    }

    @Test
    void argumentsAreChecked() {
        assertThatThrownBy(() -> SeriesSet.of(new float[2], 0, 2)).hasMessage("`count` must be at least 1 (got 0)");
        assertThatThrownBy(() -> SeriesSet.of(new float[2], 1, 0)).hasMessage("`length` must be at least 1 (got 0)");
        assertThatThrownBy(() -> SeriesSet.of(new float[3], 2, 2))
                .hasMessage("`values` must hold 2 × 2 values (got 3)");
        assertThatThrownBy(() -> SeriesSet.of(new float[] {0, 0, 0, Float.NaN}, 2, 2))
                .hasMessage("`values` must be finite (got NaN in row 1, column 1)");
        assertThatThrownBy(series::select).hasMessage("`number of rows` must be at least 1 (got 0)");
        assertThatThrownBy(() -> series.select(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> series.value(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new LabelledSeriesSet(series, List.of("a")))
                .hasMessage("`labels` must be as many as the series, 3 (got 1)");
    }
}
