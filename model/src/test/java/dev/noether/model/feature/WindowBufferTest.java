package dev.noether.model.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class WindowBufferTest extends RandomizedTest {
    private static final int FEATURES = 3;
    private static final Scaling SCALING = new Scaling(new float[] {1, -2, 0.5f}, new float[] {2, 0.25f, 8});

    @Test
    void inOrderTheNewestRowEndsEachWindow() {
        WindowBuffer buffer = new WindowBuffer(3, 0, FEATURES);
        assertThat(buffer.newestTime()).isEqualTo(Long.MIN_VALUE);
        for (int i = 0; i < 10; i++) {
            int position = buffer.addStored(i, new float[] {i, 10 * i, 100 * i}, 0);
            assertThat(position).isEqualTo(Math.min(i, 2));
            assertThat(buffer.windowEndsAt(position)).isEqualTo(i >= 2);
            assertThat(buffer.newestTime()).isEqualTo(i);
        }
        assertThat(buffer.windowStart(2)).isEqualTo(7);
        float[] window = new float[2 + 9];
        buffer.copyWindow(2, new Scaling(new float[3], new float[] {1, 1, 1}), window, 2);
        assertThat(window).containsExactly(0, 0, 7, 70, 700, 8, 80, 800, 9, 90, 900);
    }

    @Test
    void behavesLikeASortedList() {
        RandomGenerator random = random();
        for (int round = 0; round < 200; round++) {
            int windowRows = random.nextInt(1, 6);
            int slack = random.nextInt(0, 5);
            WindowBuffer buffer = new WindowBuffer(windowRows, slack, FEATURES);
            TestingWindowList list = new TestingWindowList(windowRows, windowRows + slack);
            int disorder = random.nextInt(4);
            for (int i = 0; i < 60; i++) {
                // Equal times are frequent: such rows keep the order in which they were added.
                long time = i / 2L - (disorder == 0 ? 0 : random.nextInt(disorder * 4));
                float[] rows = normals(random, 1 + FEATURES);
                assertThat(buffer.addStored(time, rows, 1)).isEqualTo(list.add(time, rows, 1));
                assertSame(buffer, list);
            }
        }
    }

    @Test
    void slackKeepsTheRowsBeforeALateRow() {
        WindowBuffer tight = new WindowBuffer(3, 0, 1);
        WindowBuffer slack = new WindowBuffer(3, 2, 1);
        for (long time : new long[] {10, 20, 30, 50, 60}) {
            tight.addStored(time, new float[] {time}, 0);
            slack.addStored(time, new float[] {time}, 0);
        }
        int inTight = tight.addStored(40, new float[] {40}, 0);
        assertThat(tight.windowEndsAt(inTight)).isFalse();
        int inSlack = slack.addStored(40, new float[] {40}, 0);
        assertThat(slack.windowEndsAt(inSlack)).isTrue();
        assertThat(slack.windowStart(inSlack)).isEqualTo(20);
        assertThat(slack.slack()).isEqualTo(2);
        assertThat(slack.windowRows()).isEqualTo(3);
        assertThat(slack.features()).isEqualTo(1);
    }

    @Test
    void doesNotAddRowsOlderThanAllPresentOnes() {
        WindowBuffer buffer = new WindowBuffer(2, 0, 1);
        buffer.addStored(10, new float[] {1}, 0);
        buffer.addStored(20, new float[] {2}, 0);
        assertThat(buffer.addStored(5, new float[] {3}, 0)).isEqualTo(-1);
        assertThat(buffer.windowEndsAt(-1)).isFalse();
        assertThat(buffer.size()).isEqualTo(2);
        assertThat(buffer.value(0, 0)).isEqualTo(1);
        assertThat(buffer.value(1, 0)).isEqualTo(2);
    }

    @Test
    void rejectsInvalidSizes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WindowBuffer(0, 0, 1))
                .withMessage("`windowRows` and `features` must be at least 1 and `slack` at least 0 (got 0, 1 and 0)");
        assertThatIllegalArgumentException().isThrownBy(() -> new WindowBuffer(1, -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new WindowBuffer(1, 0, 0));
    }

    private static void assertSame(WindowBuffer buffer, TestingWindowList list) {
        assertThat(buffer.size()).isEqualTo(list.rows.size());
        for (int i = 0; i < buffer.size(); i++) {
            assertThat(buffer.time(i)).isEqualTo(list.rows.get(i).time());
            for (int j = 0; j < FEATURES; j++) {
                assertThat(buffer.value(i, j)).isEqualTo(list.rows.get(i).values()[j]);
            }
            assertThat(buffer.windowEndsAt(i)).isEqualTo(i >= list.windowRows - 1);
            if (buffer.windowEndsAt(i)) {
                float[] window = new float[list.windowRows * FEATURES];
                buffer.copyWindow(i, SCALING, window, 0);
                assertThat(window).containsExactly(list.window(i));
                buffer.copyRows(i, list.windowRows, window);
                SCALING.repeated(list.windowRows).toModel(window);
                assertThat(window).containsExactly(list.window(i));
            }
        }
    }

    /** The same behaviour with a list. */
    private static final class TestingWindowList {
        private final int windowRows;
        private final int capacity;
        private final List<Row> rows = new ArrayList<>();

        @SuppressWarnings("ArrayRecordComponent") // never compared
        private record Row(long time, float[] values) {}

        TestingWindowList(int windowRows, int capacity) {
            this.windowRows = windowRows;
            this.capacity = capacity;
        }

        int add(long time, float[] from, int offset) {
            float[] values = {from[offset], from[offset + 1], from[offset + 2]};
            int position = 0;
            while (position < rows.size() && rows.get(position).time() <= time) {
                position++;
            }
            rows.add(position, new Row(time, values));
            if (rows.size() > capacity) {
                rows.remove(0);
                position--;
            }
            return position;
        }

        float[] window(int position) {
            float[] window = new float[windowRows * FEATURES];
            for (int i = 0; i < windowRows; i++) {
                float[] values = rows.get(position - windowRows + 1 + i).values();
                for (int j = 0; j < FEATURES; j++) {
                    window[i * FEATURES + j] = SCALING.toModel(j, values[j]);
                }
            }
            return window;
        }
    }

    @Test
    void findsTheFirstRowOfATimeAndCanBeCleared() {
        WindowBuffer buffer = new WindowBuffer(3, 2, 1);
        assertThat(buffer.positionOf(1)).isEqualTo(-1);
        // The first row is replaced, so that the ring wraps around.
        for (long time : new long[] {1, 2, 4, 4, 6, 9}) {
            buffer.addStored(time, new float[] {time}, 0);
        }
        assertThat(buffer.positionOf(1)).isEqualTo(-1);
        assertThat(buffer.positionOf(2)).isZero();
        assertThat(buffer.positionOf(4)).isEqualTo(1);
        assertThat(buffer.positionOf(5)).isEqualTo(-1);
        assertThat(buffer.positionOf(9)).isEqualTo(4);
        assertThat(buffer.positionOf(10)).isEqualTo(-1);
        buffer.clear();
        assertThat(buffer.size()).isZero();
        assertThat(buffer.positionOf(9)).isEqualTo(-1);
        assertThat(buffer.addStored(3, new float[] {3}, 0)).isZero();
        assertThat(buffer.newestTime()).isEqualTo(3);
    }
}
