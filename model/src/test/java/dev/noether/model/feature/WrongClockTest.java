package dev.noether.model.feature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A window whose newest row has a wrong time recovers by itself; repetitions of old rows do not disturb it. */
class WrongClockTest {
    private static final int ROWS = 6;
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    private final WindowBuffer buffer = new WindowBuffer(ROWS, 0, 1);

    @Test
    void oneRowAheadIsRemovedOnceNewRowsComeBehindIt() {
        fill(0, ROWS);
        add(12 * HOUR);
        assertThat(lateUntilSetBack(ROWS, 100)).isEqualTo(WindowBuffer.ROWS_IN_A_GAP);
        long time = (ROWS + WindowBuffer.ROWS_IN_A_GAP - 1) * MINUTE;
        buffer.setBackTo(time);
        add(time);
        assertThat(buffer.newestTime()).isEqualTo(time);
        assertThat(buffer.time(buffer.size() - 2)).isEqualTo((ROWS - 1) * MINUTE);
        assertThat(buffer.lateRows()).isZero();
    }

    @Test
    void aLongRunAheadIsSetBackAsAWholeAfterALongerRun() {
        fill(12 * HOUR, ROWS);
        assertThat(lateUntilSetBack(0, 100)).isEqualTo(WindowBuffer.ROWS_OF_OLD_TIMES);
        buffer.setBackTo(31 * MINUTE);
        int position = add(31 * MINUTE);
        assertThat(position).as("the window stays full").isEqualTo(ROWS - 1);
        assertThat(buffer.time(ROWS - 2)).as("the late rows are a gap").isEqualTo(-MINUTE);
    }

    @Test
    void aBatchOfOldRowsThatIsSentAgainChangesNothing() {
        fill(0, 100);
        long newest = buffer.newestTime();
        for (int minute = 50; minute < 50 + WindowBuffer.ROWS_OF_OLD_TIMES - 1; minute++) {
            buffer.rejectLate(minute * MINUTE);
            assertThat(buffer.isSetBack()).isFalse();
        }
        add(newest + MINUTE);
        assertThat(buffer.lateRows()).isZero();
        for (int i = 0; i < ROWS; i++) {
            assertThat(buffer.time(i)).isEqualTo(newest + MINUTE - (ROWS - 1 - i) * MINUTE);
        }
    }

    @Test
    void theLastRowsOfTheWindowSentAgainChangeNothing() {
        fill(0, 100);
        for (int minute = 95; minute < 99; minute++) {
            buffer.rejectLate(minute * MINUTE);
            assertThat(buffer.isSetBack()).isFalse();
        }
    }

    @Test
    void rowsThatGoBackwardsAreNoRun() {
        fill(0, ROWS);
        add(12 * HOUR);
        for (int i = 200; i > 0; i--) {
            buffer.rejectLate(ROWS * MINUTE + i);
            assertThat(buffer.isSetBack()).isFalse();
        }
    }

    @Test
    void extremeTimesDoNotOverflow() {
        add(Long.MAX_VALUE);
        buffer.rejectLate(-5);
        buffer.rejectLate(Long.MIN_VALUE);
        buffer.setBackTo(7);
        add(7);
        assertThat(buffer.newestTime()).isEqualTo(7);
        assertThat(buffer.size()).isEqualTo(2);
    }

    private int lateUntilSetBack(int fromMinute, int most) {
        for (int i = 0; i < most; i++) {
            buffer.rejectLate((fromMinute + i) * MINUTE);
            if (buffer.isSetBack()) {
                return i + 1;
            }
        }
        return -1;
    }

    private void fill(long from, int rows) {
        for (int i = 0; i < rows; i++) {
            add(from + i * MINUTE);
        }
    }

    private int add(long time) {
        return buffer.addStored(time, new float[1], 0);
    }
}
