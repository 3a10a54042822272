package dev.noether.model.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.RandomizedTest;
import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class StaleContextTest extends RandomizedTest {
    private static final int ROWS = 6;
    private final StaleContext stale = new StaleContext(ROWS, Duration.ofMinutes(1));

    @Test
    void rowsBeforeAGapLongerThanTheContextAreStale() {
        assertThat(stale(0, 1, 2, 3, 4, 5)).isZero();
        // With a few lost rows the context is longer than usual, and not stale.
        assertThat(stale(0, 1, 2, 3, 4, 10)).isZero();
        assertThat(stale(0, 1, 2, 3, 4, 11)).isEqualTo(5);
        assertThat(stale(0, 1, 60, 61, 62, 63)).isEqualTo(2);
        assertThat(stale(0, 60, 61, 62, 120, 121)).as("the newest silence").isEqualTo(4);
    }

    @Test
    void anEntityThatReportsRarelyHasNoGap() {
        assertThat(stale(0, 30, 60, 90, 120, 150)).isZero();
        assertThat(stale(0, 30, 60, 90, 120, 330)).isEqualTo(5);
        assertThat(stale(0, 30, 60, 90, 120, 270)).isZero();
    }

    @Test
    void theFirstRowAfterTheGapReplacesTheRowsBefore() {
        float[] context = {-1, 1, 2, 3, 4, 5, 6, 7, 8};
        StaleContext.fill(context, 1, 2, 2);
        assertThat(context).containsExactly(-1, 5, 6, 5, 6, 5, 6, 7, 8);
        StaleContext.fill(context, 1, 0, 2);
        assertThat(context).containsExactly(-1, 5, 6, 5, 6, 5, 6, 7, 8);
    }

    @Test
    void aContextOfOneRowIsNeverStale() {
        WindowBuffer buffer = new WindowBuffer(1, 0, 1);
        assertThat(new StaleContext(1, Duration.ofMillis(1)).count(buffer, buffer.addStored(5, new float[1], 0)))
                .isZero();
    }

    /** Compares with a search of all gaps, without the shortcut for contexts of the usual duration. */
    @Test
    void countsLikeASearchOfAllGaps() {
        RandomGenerator random = random();
        int[] counts = new int[ROWS];
        for (int round = 0; round < 5000; round++) {
            int rows = random.nextInt(1, ROWS + 1);
            long interval = random.nextInt(1, 20);
            WindowBuffer buffer = new WindowBuffer(ROWS, 2, 1);
            long time = 0;
            for (int i = 0; i < ROWS + 2; i++) {
                time += random.nextInt(4) == 0 ? random.nextInt(200) : random.nextInt(25);
                buffer.addStored(time, new float[1], 0);
            }
            int position = random.nextInt(rows - 1, ROWS + 2);
            int count = new StaleContext(rows, Duration.ofMillis(interval)).count(buffer, position);
            assertThat(count).isEqualTo(expected(buffer, position, rows, interval));
            counts[count]++;
        }
        assertThat(counts).as("each place of the gap was drawn").doesNotContain(0);
    }

    private static int expected(WindowBuffer buffer, int position, int rows, long interval) {
        long[] gaps = new long[rows - 1];
        for (int i = 0; i < gaps.length; i++) {
            int before = position - rows + 1 + i;
            gaps[i] = buffer.time(before + 1) - buffer.time(before);
        }
        long[] sorted = gaps.clone();
        Arrays.sort(sorted);
        long median = gaps.length == 0 ? 0 : sorted[(gaps.length - 1) / 2];
        int stale = 0;
        for (int i = 0; i < gaps.length; i++) {
            stale = gaps[i] > rows * Math.max(interval, median) ? i + 1 : stale;
        }
        return stale;
    }

    private int stale(int... minutes) {
        WindowBuffer buffer = new WindowBuffer(ROWS, 0, 1);
        int position = 0;
        for (int minute : minutes) {
            position = buffer.addStored(minute * 60_000L, new float[1], 0);
        }
        return stale.count(buffer, position);
    }
}
