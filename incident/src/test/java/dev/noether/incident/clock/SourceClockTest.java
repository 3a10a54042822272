package dev.noether.incident.clock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceClockTest {
    private static final long STEP = 10_000;
    private static final long START = 1_700_000_000_000L;

    private final SourceClock clock = new SourceClock();

    @Test
    void upToAQuarterOfTheEntitiesMayRunAhead() {
        for (int fast = 0; fast <= 5; fast++) {
            SourceClock each = new SourceClock();
            for (int round = 0; round < 50; round++) {
                report(each, round, 20, fast, 43_200_000);
                if (round > 3) {
                    assertThat(each.time()).as("%d fast", fast).isEqualTo(START + round * STEP);
                }
            }
        }
    }

    @Test
    void neverAnnouncesATimeOfAFastClockNotEvenAtTheStart() {
        for (int fastAt = 0; fastAt < 20; fastAt++) {
            SourceClock each = new SourceClock();
            for (int round = 0; round < 10; round++) {
                for (int i = 0; i < 20; i++) {
                    each.observe("e" + i, START + round * STEP + (i == fastAt ? 60_000 : 0));
                    assertThat(each.time()).isLessThanOrEqualTo(START + round * STEP);
                }
            }
        }
    }

    @Test
    void aSingleEntityIsItsOwnClock() {
        for (int round = 0; round < 5; round++) {
            clock.observe("a", START + round * STEP);
        }
        assertThat(clock.time()).isEqualTo(START + 4 * STEP);
    }

    @Test
    void mostEntitiesMayFallSilentForGood() {
        int round = 0;
        for (; round < 20; round++) {
            report(clock, round, 20, 0, 0);
        }
        for (; round < 40; round++) {
            clock.observe("e7", START + round * STEP);
        }
        assertThat(clock.time()).isEqualTo(START + 39 * STEP);
    }

    @Test
    void aPauseOfTheWholeSourceIsPassedOnceAQuarterIsBack() {
        for (int round = 0; round < 20; round++) {
            report(clock, round, 20, 0, 0);
        }
        long back = START + 400 * STEP;
        for (int i = 0; i < 20; i++) {
            clock.observe("e" + i, back);
            assertThat(clock.time()).isEqualTo(i < 5 ? START + 19 * STEP : back);
        }
    }

    @Test
    void anAgentThatSendsOldRowsHoldsNothingUp() {
        for (int round = 0; round < 200; round++) {
            report(clock, round, 20, 0, 0);
            for (int i = 0; i < 50; i++) {
                clock.observe("late", START - 1_000_000 + (round * 50 + i) * 10L);
            }
        }
        assertThat(clock.time()).isEqualTo(START + 199 * STEP);
    }

    @Test
    void namesThatAreAlwaysNewAreFollowed() {
        for (int round = 0; round < 400; round++) {
            int generation = round / 20;
            for (int i = 0; i < 300; i++) {
                clock.observe("pod-" + generation + "-" + i, START + round * STEP);
            }
        }
        assertThat(clock.time()).isBetween(START + 380 * STEP, START + 399 * STEP);
    }

    @Test
    void aLeadIsMeasuredAgainstTheOthers() {
        for (int round = 0; round < 10; round++) {
            report(clock, round, 20, 1, 60_000);
        }
        long now = START + 9 * STEP;
        assertThat(clock.lead(now + 60_000, 2 * STEP)).isEqualTo(60_000);
        assertThat(clock.lead(now + STEP, 2 * STEP)).isZero();
        SourceClock pair = new SourceClock();
        for (int round = 0; round < 10; round++) {
            report(pair, round, 2, 1, 60_000);
        }
        assertThat(pair.lead(now + 600_000, 2 * STEP)).isZero();
    }

    private static void report(SourceClock to, int round, int entities, int fast, long ahead) {
        for (int i = 0; i < entities; i++) {
            to.observe("e" + i, START + round * STEP + (i < fast ? ahead : 0));
        }
    }
}
