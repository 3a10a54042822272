package dev.noether.model.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class RealisedRateTest {
    @Test
    void countsAndAddsUp() {
        RealisedRate one = new RealisedRate();
        for (int i = 0; i < 100; i++) {
            one.count(i % 20 == 0);
        }
        RealisedRate all = new RealisedRate(1, 300);
        all.add(one);
        assertThat(all.alarms()).isEqualTo(6);
        assertThat(all.windows()).isEqualTo(400);
        assertThat(all.against(0.01)).isEqualTo(new AlarmRate(6, 400, 0.01));
        assertThat(all.against(0.01).interval(0.95).contains(0.01)).isTrue();
    }

    @Test
    void rejectsMoreAlarmsThanWindows() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RealisedRate(2, 1))
                .withMessage("`alarms` must be in [0, `windows`] (got 2 and 1)");
    }
}
