package dev.noether.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The change of a fleet: nothing before it, then slowly, then by a step. */
class NormalChangeTest {
    private static final NormalChange CHANGE = new NormalChange(1_000, 2_000, 3_000);

    @Test
    void theSlowChangeIsGradualAndTheStepIsNot() {
        for (ServerMetric metric : ServerMetric.values()) {
            assertThat(CHANGE.factor(metric, 999)).isEqualTo(1);
        }
        double half = CHANGE.factor(ServerMetric.MEMORY_PERCENT, 1_500) - 1;
        assertThat(CHANGE.factor(ServerMetric.MEMORY_PERCENT, 2_000) - 1).isCloseTo(2 * half, within(1e-9));
        assertThat(CHANGE.factor(ServerMetric.LATENCY_MILLISECONDS, 2_999)).isEqualTo(1);
        assertThat(CHANGE.factor(ServerMetric.LATENCY_MILLISECONDS, 3_000)).isGreaterThan(1.2);
    }

    @Test
    void rowsBeforeTheChangeAreTheSameAndThoseAfterItAreNot() {
        FleetOptions options = new FleetOptions(3, 500, 3_000, 4, 1);
        FleetSimulator steady = new FleetSimulator(options);
        FleetSimulator changing = new FleetSimulator(options.withChange(CHANGE));
        assertThat(changing.faults()).isEqualTo(steady.faults());
        float[] one = new float[FleetSimulator.featureNames().size()];
        float[] other = new float[one.length];
        for (long minute = 0; minute < 3_500; minute += 50) {
            if (steady.row(1, minute, one) && changing.row(1, minute, other)) {
                assertThat(Arrays.equals(one, other)).as("minute %d", minute).isEqualTo(minute <= 1_000);
            }
        }
    }

    @Test
    void theOrderOfTheMinutesIsChecked() {
        assertThatThrownBy(() -> new NormalChange(5, 4, 6)).hasMessageContaining("must not fall (got 5, 4, 6)");
    }
}
