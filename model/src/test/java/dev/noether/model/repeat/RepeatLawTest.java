package dev.noether.model.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RepeatLawTest extends RandomizedTest {
    private static final RepeatCounts NEVER = new RepeatCounts(100_000, 0, 0, 0, 1);

    @Test
    void aValueThatNeverRepeatedMayDoSoAFewTimes() {
        assertThat(NEVER.isMoving()).isTrue();
        assertThat(NEVER.tail(2)).isCloseTo(1e-5, within(1e-9));
        assertThat(NEVER.tail(7)).isCloseTo(1e-5 / 32, within(1e-9));
        // A tenth of an alarm in 43,200 rows, for each of 12 features: 2e-7.
        RepeatLimits limits = new RepeatLimits(new RepeatLaw(Collections.nCopies(12, NEVER)), 1.0 / 43_200);
        assertThat(limits.limit(0)).isEqualTo(8);
        assertThat(limits.pValue(0, 8)).isLessThan(0.1 / 43_200 / 12);
        assertThat(limits.pValue(0, 7)).isGreaterThan(0.1 / 43_200 / 12);
    }

    @Test
    void aRepeatedValueRepeatsAgainWithAtLeastOneHalf() {
        // Thirty pairs, and never three in a row.
        RepeatCounts pairs = new RepeatCounts(100_000, 30, 30, 0, 2);
        assertThat(pairs.tail(5)).isCloseTo(pairs.tail(2) / 8, within(1e-12));
        // If most runs continued in the history, the probability is higher.
        assertThat(new RepeatCounts(100_000, 3, 98, 89, 40).tail(3) / pairs.tail(2))
                .isCloseTo(4.0 / 31 * 0.9, within(1e-6));
    }

    @Test
    void constantFeaturesAreNotChecked() {
        RepeatCounts constant = new RepeatCounts(1, 1, 9_999, 9_999, 10_001);
        RepeatCounts quantised = new RepeatCounts(7_000, 3_000, 3_000, 900, 9);
        RepeatCounts tooShort = new RepeatCounts(150, 0, 0, 0, 1);
        RepeatLimits limits =
                new RepeatLimits(new RepeatLaw(List.of(constant, quantised, tooShort, RepeatCounts.NONE, NEVER)), 0.01);
        assertThat(limits.checkedFeatures()).containsExactly(4);
        assertThat(limits.limit(0)).isZero();
        assertThat(limits.limit(1)).isZero();
    }

    @Test
    void everyLimitIsAboveTheRunsOfTheHistory() {
        // Three runs of equal values in 200,000 rows, the longest of 90.
        RepeatCounts hiccups = new RepeatCounts(200_000, 3, 144, 141, 90);
        assertThat(new RepeatLimits(new RepeatLaw(List.of(hiccups)), 0.05).limit(0))
                .isEqualTo(180);
        assertThat(new RepeatLimits(new RepeatLaw(List.of(hiccups)), 1e-7).limit(0))
                .isGreaterThan(180);
        assertThat(new RepeatLimits(new RepeatLaw(List.of(NEVER)), 0.05).limit(0))
                .isEqualTo(RepeatLimits.LEAST_ROWS);
    }

    @Test
    void chanceRepetitionsKeepTheirAlarmRate() {
        RandomGenerator random = random();
        for (double rate : new double[] {1e-1, 1e-2, 1e-3}) {
            long alarms = 0;
            long rows = 0;
            for (int trial = 0; trial < 20; trial++) {
                double chance = random.nextDouble(0.001, 0.009);
                RepeatLaw law = new RepeatLaw(List.of(counts(random, chance, 20_000)));
                RepeatLimits limits = new RepeatLimits(law, rate);
                assertThat(limits.size()).isEqualTo(1);
                int length = 1;
                for (int i = 0; i < 200_000; i++) {
                    length = random.nextDouble() < chance ? length + 1 : 1;
                    alarms += length == limits.limit(0) ? 1 : 0;
                    rows++;
                }
            }
            assertThat(alarms).isLessThanOrEqualTo((long) (0.1 * rate * rows));
        }
    }

    /** Counts of a history in which each value repeats with a given probability. */
    private static RepeatCounts counts(RandomGenerator random, double chance, int rows) {
        int[] counts = new int[4];
        int length = 1;
        int longest = 1;
        for (int i = 1; i < rows; i++) {
            boolean same = random.nextDouble() < chance;
            int kind = length == 1 ? 0 : 2;
            counts[kind]++;
            counts[kind + 1] += same ? 1 : 0;
            length = same ? length + 1 : 1;
            longest = Math.max(longest, length);
        }
        return new RepeatCounts(counts[0], counts[1], counts[2], counts[3], longest);
    }

    @Test
    void aLawIsRestoredFromItsNumbers() {
        RepeatLaw law = new RepeatLaw(List.of(NEVER, new RepeatCounts(7, 3, 2, 1, 4)));
        assertThat(RepeatLaw.of(law.numbers())).isEqualTo(law);
        assertThat(law.moving()).isEqualTo(1);
        assertThat(RepeatLaw.unknown(3).moving()).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> RepeatLaw.of(1, 2, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> RepeatLaw.of(1, 2, 0, 0, 1));
    }
}
