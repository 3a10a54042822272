package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.feature.FeatureSchema;
import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class CounterChoiceTest extends RandomizedTest {
    private static final FeatureSchema SCHEMA = new FeatureSchema(List.of("total", "gauge", "constant", "steps"));
    private static final int FEATURES = 4;
    private static final int ROWS = 1000;
    private static final int RESET = 600;

    @Test
    void aTotalWithResetsIsACounterAndItsIncreaseIsJudged() {
        EntityHistory history = history(random());
        assertThat(new CounterChoice(true, List.of()).of(SCHEMA, List.of(history)))
                .containsExactly(0);
        assertThat(CounterChoice.NONE.of(SCHEMA, List.of(history))).isEmpty();
        assertThat(CounterChoice.of(List.of("gauge", "unknown")).of(SCHEMA, List.of(history)))
                .containsExactly(1);
        double[] rows = history.runs().get(0).rows();
        double[] rates = CounterChoice.rates(List.of(history), new int[] {0})
                .get(0)
                .runs()
                .get(0)
                .rows();
        assertThat(rates[0]).isNaN();
        assertThat(rates[RESET * FEATURES]).as("a reset").isNaN();
        for (int i = 1; i < ROWS; i++) {
            if (i != RESET) {
                assertThat(rates[i * FEATURES]).isEqualTo((rows[i * FEATURES] - rows[(i - 1) * FEATURES]) / 60);
            }
            assertThat(rates[i * FEATURES + 1]).isEqualTo(rows[i * FEATURES + 1]);
        }
    }

    private static EntityHistory history(RandomGenerator random) {
        long[] times = new long[ROWS];
        double[] rows = new double[ROWS * FEATURES];
        double total = 1e13;
        for (int i = 0; i < ROWS; i++) {
            times[i] = i * 60_000L;
            total = i == RESET ? 5 : total + random.nextInt(3, 100);
            rows[i * FEATURES] = total;
            rows[i * FEATURES + 1] = 50 + random.nextGaussian();
            rows[i * FEATURES + 2] = 7;
            rows[i * FEATURES + 3] = i / 300;
        }
        return EntityHistory.of("host", times, rows);
    }
}
