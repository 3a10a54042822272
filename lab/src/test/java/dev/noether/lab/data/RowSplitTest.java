package dev.noether.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.series.SeriesSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How rows are split and normalised, down to sets that hardly can be. */
final class RowSplitTest {

    @Test
    void everyRowIsInOnePart() {
        SeriesSet rows = numbered(50);
        RowSplit split = RowSplit.of(rows, 0.2, 7);
        assertThat(split.sample().count()).isEqualTo(10);
        assertThat(Stream.of(split.remainder(), split.sample())
                        .flatMap(part -> IntStream.range(0, part.count()).mapToObj(row -> (double) part.value(row, 0))))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 50).mapToObj(row -> (double) row).toList());
        assertThat(RowSplit.of(rows, 0.2, 7).sample().values())
                .containsExactly(split.sample().values());
        assertThat(RowSplit.of(rows, 0.2, 8).sample().values())
                .isNotEqualTo(split.sample().values());
    }

    @Test
    void neitherPartIsEmpty() {
        RowSplit two = RowSplit.of(numbered(2), 0.01, 1);
        assertThat(two.sample().count()).isEqualTo(1);
        assertThat(RowSplit.of(numbered(3), 0.99, 1).remainder().count()).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowSplit.of(numbered(1), 0.2, 1))
                .withMessage("`rows` must be at least 2 to be split (got 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowSplit.of(numbered(2), Double.NaN, 1))
                .withMessage("`share` must be in (0, 1) (got NaN)");
    }

    @Test
    void normalisesRowByRowAndAConstantRowToZero() {
        SeriesSet rows = SeriesSet.of(new float[] {1, 3, 5, 5, -2, -4}, 3, 2);
        assertThat(RowNormalization.isNormalized(rows)).isFalse();
        SeriesSet normalized = RowNormalization.normalized(rows);
        assertThat(normalized.values()).containsExactly(-1, 1, 0, 0, 1, -1);
        assertThat(RowNormalization.isNormalized(normalized.select(0, 2))).isTrue();
        assertThat(RowNormalization.isNormalized(normalized)).isFalse();
    }

    @Test
    void theOtherCustomOfDeviationsCountsAsNormalised() {
        // A ramp of 128 values with deviation 1 by 1/(n − 1), as the archive has it.
        float[] ramp = new float[128];
        for (int index = 0; index < 128; index++) {
            ramp[index] = (float) ((index - 63.5) / Math.sqrt(128.0 * 129 / 12));
        }
        SeriesSet rows = SeriesSet.of(ramp, 1, 128);
        assertThat(RowNormalization.isNormalized(rows)).isTrue();
        double change = RowNormalization.normalized(rows).value(0, 0) / ramp[0];
        assertThat(change).isCloseTo(Math.sqrt(128.0 / 127), within(1e-5));
    }

    private static SeriesSet numbered(int count) {
        float[] values = new float[count];
        for (int row = 0; row < count; row++) {
            values[row] = row;
        }
        return SeriesSet.of(values, count, 1);
    }
}
