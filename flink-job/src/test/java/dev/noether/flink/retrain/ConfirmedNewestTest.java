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

    @Test
    void aClockOfTheOnlyEntityThatIsSetRightIsNotBelieved() {
        newest.add("a", 1_000);
        newest.add("a", DAY);
        newest.add("a", 3_000);
        newest.add("a", 4_000);
        assertThat(newest.time()).hasValue(DAY);
        newest.add("a", 5_000);
        assertThat(newest.time()).hasValue(5_000);
        newest.add("a", 6_000);
        assertThat(newest.time()).hasValue(6_000);
    }

    @Test
    void twoJumpsAreOneWrongClock() {
        newest.add("a", 1_000);
        newest.add("a", DAY);
        newest.add("a", 2 * DAY);
        for (int i = 0; i < 3; i++) {
            newest.add("a", 3_000 + i);
        }
        assertThat(newest.time()).hasValue(3_002);
    }

    @Test
    void olderRowsThatAreSentLateSetNothingBack() {
        for (int i = 0; i < 100; i++) {
            newest.add("a", DAY + i * 1_000_000L);
        }
        for (int i = 0; i < 100; i++) {
            newest.add("a", DAY / 2 + i);
            newest.add("b", 1_000 - i);
        }
        assertThat(newest.time()).hasValue(DAY + 99_000_000);
    }
}
