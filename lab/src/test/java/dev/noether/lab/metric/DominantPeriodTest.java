package dev.noether.lab.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.testing.RandomizedTest;
import org.junit.jupiter.api.Test;

final class DominantPeriodTest extends RandomizedTest {
    @Test
    void thePeriodOfAWaveIsFoundUnderNoise() {
        for (int period : new int[] {7, 24, 97, 300}) {
            float[] series = normals(random(), 8_000);
            for (int i = 0; i < series.length; i++) {
                series[i] = (float) (5 + 10 * Math.cos(2 * Math.PI * i / period) + 0.001 * series[i]);
            }
            assertThat(DominantPeriod.of(series)).isBetween(period - 1, period + 1);
        }
    }

    @Test
    void whatHasNoPeriodGetsTheDefault() {
        float[] trend = new float[1_000];
        for (int i = 0; i < trend.length; i++) {
            trend[i] = i;
        }
        assertThat(DominantPeriod.of(trend)).isEqualTo(125);
        assertThat(DominantPeriod.of(new float[500])).isEqualTo(125);
        assertThat(DominantPeriod.of(new float[0])).isEqualTo(125);
    }

    @Test
    void periodsOutsideTheRangeGetTheDefault() {
        assertThat(DominantPeriod.of(spikes(5))).isEqualTo(125);
        assertThat(DominantPeriod.of(spikes(350))).isEqualTo(125);
        assertThat(DominantPeriod.of(spikes(7))).isEqualTo(7);
    }

    @Test
    void argumentsAreChecked() {
        assertThatThrownBy(() -> DominantPeriod.of(new float[] {1, Float.NaN}))
                .hasMessage("`series` must be finite (got NaN at index 1)");
    }

    private static float[] spikes(int period) {
        float[] series = new float[5_000];
        for (int i = 0; i < series.length; i += period) {
            series[i] = 1;
        }
        return series;
    }
}
