package dev.noether.lab.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class AffineMapTest extends RandomizedTest {
    @Test
    void anExampleByHand() {
        AffineMap map = new AffineMap(2, new double[] {1, 2, 3, 4, 5, 6}, new double[] {10, 20, 30});
        assertThat(map.outputs()).isEqualTo(3);
        assertThat(map.apply(new double[] {1, -1})).containsExactly(9, 19, 29);
        assertThat(map.entry(2, 0)).isEqualTo(5);
    }

    @Test
    void aCompositionAppliesOneAfterTheOther() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 50; trial++) {
            AffineMap first = map(random, 3, 4);
            AffineMap second = map(random, 4, 2);
            double[] point = random.doubles(3).toArray();
            assertThat(second.after(first).apply(point))
                    .containsExactly(second.apply(first.apply(point)), within(1e-12));
        }
    }

    @Test
    void arraysAreCopied() {
        double[] matrix = {1};
        double[] offset = {2};
        AffineMap map = new AffineMap(1, matrix, offset);
        matrix[0] = 9;
        offset[0] = 9;
        map.matrix()[0] = 9;
        map.offset()[0] = 9;
        assertThat(map.apply(new double[] {1})).containsExactly(3);
    }

    @Test
    void lengthsAreChecked() {
        assertThatThrownBy(() -> new AffineMap(2, new double[3], new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 3 for 2 × 2");
        assertThatThrownBy(() -> new AffineMap(2, new double[2], new double[1]).apply(new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`point` must hold 2 values (got 3)");
    }

    private static AffineMap map(RandomGenerator random, int inputs, int outputs) {
        return new AffineMap(
                inputs,
                random.doubles((long) inputs * outputs, -1, 1).toArray(),
                random.doubles(outputs, -1, 1).toArray());
    }
}
