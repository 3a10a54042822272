package dev.noether.model.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class RepeatCountsTest extends RandomizedTest {
    /** Laplace's rule for the first repetition, times the same rule for each later one. */
    @Test
    void theProbabilityOfARunIsAProduct() {
        RepeatCounts counts = new RepeatCounts(998, 4, 8, 7, 6);
        double first = 5 / 1000.0;
        double later = 8 / 10.0;
        assertThat(counts.tail(2)).isCloseTo(first, within(1e-15));
        assertThat(counts.tail(3)).isCloseTo(first * later, within(1e-15));
        assertThat(counts.tail(6)).isCloseTo(first * later * later * later * later, within(1e-15));
        RepeatCounts rare = new RepeatCounts(998, 4, 98, 0, 2);
        assertThat(rare.tail(4)).as("at least one half each").isCloseTo(first / 4, within(1e-15));
    }

    @Test
    void theShortestRunOfAProbabilityIsFoundBySearch() {
        RandomGenerator random = random();
        for (int round = 0; round < 500; round++) {
            RepeatCounts counts = counts(random);
            double chance = Math.pow(10, -random.nextDouble(0.5, 8));
            int rows = 2;
            while (counts.tail(rows) > chance) {
                rows++;
            }
            assertThat(counts.rows(chance)).as("%s at %s", counts, chance).isEqualTo(rows);
        }
    }

    @Test
    void aLongerRunIsLessProbable() {
        RandomGenerator random = random();
        for (int round = 0; round < 200; round++) {
            RepeatCounts counts = counts(random);
            for (int rows = 2; rows < 40; rows++) {
                assertThat(counts.tail(rows)).isBetween(0.0, 1.0);
                assertThat(counts.tail(rows + 1)).isLessThan(counts.tail(rows));
            }
        }
    }

    @Test
    void aFeatureMovesIfAtMostOnePairInAHundredIsEqual() {
        assertThat(new RepeatCounts(200, 2, 0, 0, 2).isMoving()).isTrue();
        assertThat(new RepeatCounts(200, 3, 0, 0, 2).isMoving()).isFalse();
        assertThat(new RepeatCounts(199, 0, 0, 0, 1).isMoving())
                .as("too few pairs")
                .isFalse();
        assertThat(new RepeatCounts(150, 1, 50, 1, 3).isMoving())
                .as("later pairs count too")
                .isTrue();
        int most = Integer.MAX_VALUE;
        assertThat(new RepeatCounts(most, most, most, most, most).isMoving())
                .as("no overflow")
                .isFalse();
        assertThat(RepeatCounts.NONE.isMoving()).isFalse();
    }

    @Test
    void refusesMoreRepeatsThanPairs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RepeatCounts(3, 4, 0, 0, 2))
                .withMessage("repeats must be among the moves (got 4 of 3, and 0 of 0, the longest 2)");
        assertThatIllegalArgumentException().isThrownBy(() -> new RepeatCounts(3, -1, 0, 0, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new RepeatCounts(3, 1, 2, 3, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new RepeatCounts(3, 1, 2, 1, -1));
    }

    /** All checked features together raise at most a tenth of the promised alarms. */
    @Test
    void theLimitsShareOutATenthOfTheRate() {
        RandomGenerator random = random();
        for (int round = 0; round < 100; round++) {
            List<RepeatCounts> features = new ArrayList<>();
            for (int j = random.nextInt(1, 30); j >= 0; j--) {
                features.add(counts(random));
            }
            double rate = Math.pow(10, -random.nextDouble(1, 6));
            RepeatLimits limits = new RepeatLimits(new RepeatLaw(features), rate);
            double sum = 0;
            int size = 0;
            for (int j = 0; j < features.size(); j++) {
                RepeatCounts counts = features.get(j);
                if (!counts.isMoving()) {
                    assertThat(limits.limit(j)).isZero();
                    continue;
                }
                size++;
                sum += limits.pValue(j, limits.limit(j));
                assertThat(limits.limit(j)).isGreaterThanOrEqualTo(Math.max(5, 2 * counts.longest()));
                if (limits.limit(j) > Math.max(5, 2 * counts.longest())) {
                    double shorter = limits.pValue(j, limits.limit(j) - 1);
                    assertThat(shorter).as("no longer than needed").isGreaterThan(0.1 * rate / limits.size());
                }
            }
            assertThat(limits.size()).isEqualTo(size);
            assertThat(sum).isLessThanOrEqualTo(0.1 * rate * (1 + 1e-9));
        }
    }

    private static RepeatCounts counts(RandomGenerator random) {
        int moves = random.nextInt(100, 100_000);
        int repeats = random.nextInt(moves / 80 + 1);
        int laterMoves = random.nextInt(repeats + 1);
        int laterRepeats = random.nextInt(laterMoves + 1);
        return new RepeatCounts(moves, repeats, laterMoves, laterRepeats, random.nextInt(1, 4));
    }
}
