package dev.noether.flink.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.incident.clock.SourceClock;
import org.junit.jupiter.api.Test;

class PartitionClockTest {
    private static final long MINUTE = 60_000;

    @Test
    void oneEntityWithAWrongClockClosesNoInterval() {
        PartitionClock clock = new PartitionClock();
        for (int minute = 0; minute < 20; minute++) {
            for (int host = 0; host < 8; host++) {
                clock.observe("host-" + host, (minute + (host == 3 ? 1_000 : 0)) * MINUTE);
            }
        }
        assertThat(clock.reached()).isEqualTo(19 * MINUTE);
    }

    @Test
    void aSmallFleetIsNotBehind() {
        PartitionClock clock = new PartitionClock();
        assertThat(clock.reached()).isEqualTo(SourceClock.UNKNOWN);
        for (int minute = 0; minute < 5; minute++) {
            clock.observe("a", minute * MINUTE);
            clock.observe("b", minute * MINUTE);
        }
        assertThat(clock.reached()).isEqualTo(4 * MINUTE);
    }

    @Test
    void aValueOfLongAgoDoesNotTurnItBack() {
        PartitionClock clock = new PartitionClock();
        for (int minute = 0; minute < 10; minute++) {
            clock.observe("a", minute * MINUTE);
        }
        clock.observe("a", 0);
        assertThat(clock.reached()).isEqualTo(9 * MINUTE);
        clock.observe("a", 10 * MINUTE);
        assertThat(clock.reached()).isEqualTo(10 * MINUTE);
    }
}
