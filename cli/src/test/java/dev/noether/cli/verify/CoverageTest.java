package dev.noether.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CoverageTest extends RandomizedTest {
    @Test
    void nothingIsExpectedOfEmptyPartitions() {
        Coverage coverage = new Coverage(0, 0);

        coverage.add(0, 0);

        assertThat(coverage.expected()).isZero();
        assertThat(coverage.missing()).isZero();
        assertThat(coverage.unexpected()).isEqualTo(1);
    }

    @Test
    void negativeAndLargePlacesAreUnexpected() {
        Coverage coverage = new Coverage(5);

        coverage.add(-1, 0);
        coverage.add(1, 0);
        coverage.add(0, -1);
        coverage.add(0, 5);

        assertThat(coverage.unexpected()).isEqualTo(4);
        assertThat(coverage.missing()).isEqualTo(5);
    }

    @Test
    void theCountsOfRandomOutcomesInRandomOrder() {
        RandomGenerator random = random();
        for (int round = 0; round < 50; round++) {
            long[] ends = {random.nextInt(200), random.nextInt(200), random.nextInt(200)};
            List<long[]> outcomes = new ArrayList<>();
            long missing = 0;
            long duplicated = 0;
            for (int partition = 0; partition < ends.length; partition++) {
                for (long offset = 0; offset < ends[partition]; offset++) {
                    int times = random.nextInt(4);
                    missing += times == 0 ? 1 : 0;
                    duplicated += Math.max(0, times - 1);
                    outcomes.addAll(Collections.nCopies(times, new long[] {partition, offset}));
                }
            }
            int unexpected = random.nextInt(10);
            outcomes.addAll(Collections.nCopies(unexpected, new long[] {2, ends[2]}));
            Collections.shuffle(outcomes, new Random(round));

            Coverage coverage = new Coverage(ends);
            outcomes.forEach(outcome -> coverage.add((int) outcome[0], outcome[1]));

            assertThat(coverage.missing()).isEqualTo(missing);
            assertThat(coverage.duplicated()).isEqualTo(duplicated);
            assertThat(coverage.unexpected()).isEqualTo(unexpected);
            assertThat(coverage.expected()).isEqualTo(ends[0] + ends[1] + ends[2]);
        }
    }

    @Test
    void laterChangesOfTheArrayHaveNoEffect() {
        long[] ends = {1};
        Coverage coverage = new Coverage(ends);
        ends[0] = 100;

        assertThat(coverage.expected()).isEqualTo(1);
    }
}
