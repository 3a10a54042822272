package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.noether.testing.RandomizedTest;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class RowCountsTest extends RandomizedTest {
    @Test
    void countsAsAMapDoes() {
        RandomGenerator random = random();
        RowCounts counts = new RowCounts(20_000);
        Map<String, Integer> expected = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            String name = "host-" + random.nextInt(20_000);
            int before = expected.merge(name, 1, Integer::sum) - 1;
            assertThat(counts.next(name)).isEqualTo(before);
        }
        assertThat(counts.names()).isEqualTo(expected.size());
    }

    /** The first names keep their own counters; the counts of the others never run back. */
    @Test
    void namesBeyondTheLimitShareCounters() {
        RowCounts counts = new RowCounts(10);
        Map<String, Integer> last = new HashMap<>();
        for (int i = 0; i < 50; i++) {
            for (int n = 0; n < 1000; n++) {
                String name = "host-" + n;
                int count = counts.next(name);
                if (n < 10) {
                    assertThat(count).isEqualTo(i);
                } else {
                    assertThat(count).isGreaterThan(last.getOrDefault(name, -1));
                    last.put(name, count);
                }
            }
        }
        assertThat(counts.names()).isEqualTo(10);
    }

    @Test
    void refusesNoNames() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RowCounts(0))
                .withMessage("`mostNames` must be at least 1 (got 0)");
    }
}
