package dev.noether.model.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class StaleContextTest {
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
        assertThat(new StaleContext(1, Duration.ofMillis(1)).count(buffer, buffer.add(5, new float[1], 0)))
                .isZero();
    }

    @Test
    void rowsFromBeforeAClockWasSetBackAreStaleOnceOnlyLateRowsCame() {
        WindowBuffer buffer = new WindowBuffer(ROWS, 0, 1);
        for (int minute = 0; minute < ROWS; minute++) {
            buffer.add(minute * 60_000L, new float[1], 0);
        }
        // A single late row is no evidence.
        buffer.rejectLate(-3_600_000);
        assertThat(buffer.isSetBack()).isFalse();
        assertThat(stale.count(buffer, buffer.add(ROWS * 60_000L, new float[1], 0)))
                .isZero();
        for (int minute = 0; minute < ROWS; minute++) {
            buffer.rejectLate((minute + 1 - 60 + ROWS) * 60_000L);
        }
        assertThat(buffer.isSetBack()).isTrue();
        assertThat(stale.count(buffer, buffer.add(ROWS * 60_000L, new float[1], 0)))
                .as("the same time again")
                .isEqualTo(ROWS - 1);
        assertThat(buffer.isSetBack()).isFalse();
        assertThat(buffer.lateRows()).isZero();
        assertThat(stale.count(buffer, buffer.add((ROWS + 1) * 60_000L, new float[1], 0)))
                .isEqualTo(ROWS - 2);
    }

    private int stale(int... minutes) {
        WindowBuffer buffer = new WindowBuffer(ROWS, 0, 1);
        int position = 0;
        for (int minute : minutes) {
            position = buffer.add(minute * 60_000L, new float[1], 0);
        }
        return stale.count(buffer, position);
    }
}
