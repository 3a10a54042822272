package dev.noether.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DurationsTest {
    @Test
    void quantilesAreDurationsThatWereAdded() {
        Durations durations = new Durations();
        for (int i = 10_000; i >= 1; i--) {
            durations.add(i * 1_000_000L);
        }

        assertThat(durations.quantileMillis(0.5)).isEqualTo(5_000);
        assertThat(durations.quantileMillis(0.99)).isEqualTo(9_900);
        assertThat(durations.quantileMillis(1)).isEqualTo(10_000);
    }

    @Test
    void theQuantileOfNoDurationsIsNaN() {
        assertThat(new Durations().quantileMillis(0.5)).isNaN();
    }
}
