package dev.noether.flink.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfirmedNewestTest {
    private static final long DAY = 86_400_000;

    private final ConfirmedNewest newest = new ConfirmedNewest();

    @Test
    void aQuarterOfTheClocksMayBeAhead() {
        for (int i = 0; i < 20; i++) {
            newest.add("e" + i, i < 5 ? DAY : 1_000 + i);
            newest.add("e" + i, 5);
        }
        assertThat(newest.time()).hasValue(1_019);
    }

    @Test
    void aLittleAheadIsTheNewestTime() {
        for (int i = 0; i < 20; i++) {
            newest.add("e" + i, i == 7 ? 60_000 : 1_000);
        }
        assertThat(newest.time()).hasValue(60_000);
    }

    @Test
    void oneEntityIsBelieved() {
        assertThat(newest.time()).isEmpty();
        newest.add("a", DAY);
        assertThat(newest.time()).hasValue(DAY);
    }
}
