package dev.noether.model.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.numeric.ConfidenceInterval;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AlarmRateTest {
    @Test
    void promisedAgainstRealised() {
        AlarmRate rate = new AlarmRate(30, 10_000, 1e-3);
        assertThat(rate.realised()).isEqualTo(0.003);
        assertThat(rate.ratio()).isCloseTo(3, within(1e-12));
        assertThat(rate.interval(0.95).contains(1e-3)).isFalse();
        assertThat(rate.interval(0.95).contains(3.5e-3)).isTrue();
    }

    @Test
    void intervalsOfClopperAndPearson() {
        // Tabulated values, and the closed forms (α/2)^(1/n) where all or none are alarms.
        assertInterval(new AlarmRate(10, 100, 0.1), 0.95, 0.049005, 0.176223);
        assertInterval(new AlarmRate(1, 10, 0.1), 0.95, 0.002529, 0.445016);
        assertInterval(new AlarmRate(0, 100, 0.1), 0.95, 0, 1 - Math.pow(0.025, 0.01));
        assertInterval(new AlarmRate(20, 20, 0.1), 0.9, Math.pow(0.05, 0.05), 1);
    }

    @Test
    void theBoundsAreWhereATailHoldsHalfOfTheRest() {
        ConfidenceInterval interval = new AlarmRate(7, 30, 0.1).interval(0.8);
        assertThat(atLeast(7, 30, interval.lower())).isCloseTo(0.1, within(1e-12));
        assertThat(1 - atLeast(8, 30, interval.upper())).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void largeCountsArePrecise() {
        // A Poisson count of 100 has the exact 95 % interval [81.36, 121.63].
        ConfidenceInterval interval = new AlarmRate(100, 1_000_000_000, 1e-7).interval(0.95);
        assertThat(interval.lower() * 1e9).isCloseTo(81.36, within(0.01));
        assertThat(interval.upper() * 1e9).isCloseTo(121.63, within(0.01));
    }

    @Test
    void countsNormalRowsOnlyAndPools() {
        boolean[] flagged = {true, false, true, false, true};
        boolean[] labels = {false, false, true, true, false};
        AlarmRate rate = AlarmRate.ofNormalRows(flagged, labels, 0.5);
        assertThat(rate).isEqualTo(new AlarmRate(2, 3, 0.5));
        assertThat(AlarmRate.pooled(List.of(rate, new AlarmRate(0, 7, 0.5)))).isEqualTo(new AlarmRate(2, 10, 0.5));
    }

    @Test
    void differentPromisesArePooledByTheirWindows() {
        AlarmRate pooled = AlarmRate.pooled(List.of(new AlarmRate(3, 100, 0.01), new AlarmRate(5, 300, 0.03)));
        assertThat(pooled.alarms()).isEqualTo(8);
        assertThat(pooled.windows()).isEqualTo(400);
        // One alarm and nine.
        assertThat(pooled.promised()).isCloseTo(10 / 400.0, within(1e-15));
        assertThat(pooled.ratio()).isCloseTo(0.8, within(1e-12));
    }

    @Test
    void argumentsAreChecked() {
        assertThatThrownBy(() -> new AlarmRate(0, 0, 0.1)).hasMessage("`windows` must be at least 1 (got 0)");
        assertThatThrownBy(() -> new AlarmRate(3, 2, 0.1)).hasMessage("`alarms` must be in [0, 2] (got 3)");
        assertThatThrownBy(() -> new AlarmRate(1, 2, Double.NaN)).hasMessage("`promised` must be in (0, 1) (got NaN)");
        assertThatThrownBy(() -> new AlarmRate(1, 2, 0.1).interval(1))
                .hasMessage("`confidence` must be in (0, 1) (got 1.0)");
        assertThatThrownBy(() -> AlarmRate.pooled(List.of())).hasMessage("`rates` must not be empty");
        assertThatThrownBy(() -> AlarmRate.ofNormalRows(new boolean[1], new boolean[2], 0.1))
                .hasMessage("`flagged` and `labels` must be of the same length (got 1 and 2)");
    }

    private static void assertInterval(AlarmRate rate, double confidence, double lower, double upper) {
        ConfidenceInterval interval = rate.interval(confidence);
        assertThat(interval.lower()).isCloseTo(lower, within(1e-6));
        assertThat(interval.upper()).isCloseTo(upper, within(1e-6));
    }

    private static double atLeast(int k, int n, double p) {
        double tail = 0;
        double ways = 1;
        for (int i = 0; i <= n; i++) {
            tail += i >= k ? ways * Math.pow(p, i) * Math.pow(1 - p, n - i) : 0;
            ways = ways * (n - i) / (i + 1);
        }
        return tail;
    }
}
