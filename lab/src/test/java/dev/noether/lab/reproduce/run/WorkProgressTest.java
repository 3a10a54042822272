package dev.noether.lab.reproduce.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class WorkProgressTest {
    private long now;

    @Test
    void tellsTheTimeLeftByWhatWasDone() {
        WorkProgress meter = new WorkProgress(() -> now);
        meter.expect(4, 10);
        assertThat(meter.line()).isEqualTo("[....................]   0 %   0 of 4 trainings   ");
        now = Duration.ofMinutes(2).toNanos();
        meter.advance(10);
        meter.finish();
        assertThat(meter.line()).isEqualTo("[#####...............]  25 %   1 of 4 trainings   about 6 min left");
        // What was kept took no time: the speed stays what it was.
        meter.addStored(10);
        assertThat(meter.line())
                .isEqualTo(
                        "[##########..........]  50 %   2 of 4 trainings (1 from earlier starts)   about 4 min left");
        meter.advance(20);
        assertThat(meter.line()).contains("100 %").endsWith("about 0 s left");
        assertThat(meter.storedCount()).isEqualTo(1);
    }

    @Test
    void durationsInWords() {
        assertThat(WorkProgress.durationText(Duration.ofSeconds(89))).isEqualTo("89 s");
        assertThat(WorkProgress.durationText(Duration.ofSeconds(100))).isEqualTo("2 min");
        assertThat(WorkProgress.durationText(Duration.ofMinutes(100))).isEqualTo("1.7 h");
    }
}
