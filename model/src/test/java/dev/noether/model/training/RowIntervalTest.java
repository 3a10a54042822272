package dev.noether.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.training.EntityHistory.Run;
import dev.noether.testing.RandomizedTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class RowIntervalTest extends RandomizedTest {
    @Test
    void isTheMedianGapWithinTheRunsOfAllEntities() {
        RandomGenerator random = random();
        for (int round = 0; round < 200; round++) {
            List<EntityHistory> histories = new ArrayList<>();
            List<Long> gaps = new ArrayList<>();
            for (int e = 0; e < 3; e++) {
                long time = 0;
                List<Run> runs = new ArrayList<>();
                for (int r = random.nextInt(3); r >= 0; r--) {
                    // The gap between two runs is no interval.
                    time += 1_000_000;
                    long[] times = new long[random.nextInt(1, 10)];
                    times[0] = time;
                    for (int i = 1; i < times.length; i++) {
                        long gap = random.nextInt(1, 100);
                        gaps.add(gap);
                        time += gap;
                        times[i] = time;
                    }
                    runs.add(new Run(times, new float[times.length]));
                }
                histories.add(new EntityHistory("entity-" + e, runs));
            }
            Collections.sort(gaps);
            long median = gaps.isEmpty() ? 60_000 : gaps.get(gaps.size() / 2);
            assertThat(RowInterval.median(histories)).isEqualTo(Duration.ofMillis(median));
        }
    }

    @Test
    void isAMinuteWithoutConsecutiveRows() {
        assertThat(RowInterval.median(List.of())).isEqualTo(Duration.ofMinutes(1));
        EntityHistory single = EntityHistory.of("a", new long[] {5}, new float[1]);
        assertThat(RowInterval.median(List.of(single, single))).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void isAboveZeroIfMostRowsHaveTheSameTime() {
        EntityHistory history = EntityHistory.of("a", new long[] {5, 5, 5, 9}, new float[4]);
        assertThat(RowInterval.median(List.of(history))).isEqualTo(Duration.ofMillis(1));
    }
}
