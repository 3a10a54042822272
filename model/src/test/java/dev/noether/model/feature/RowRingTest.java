package dev.noether.model.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Compares the ring with a sorted list. */
final class RowRingTest extends RandomizedTest {
    private static final int FEATURES = 3;

    private record Row(long time, float[] values) {}

    @Test
    void behavesLikeASortedListOfBoundedSize() {
        RandomGenerator random = random();
        for (int round = 0; round < 100; round++) {
            int capacity = random.nextInt(1, 9);
            RowRing ring = new RowRing(capacity, FEATURES);
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                change(random, ring, rows, capacity, i);
                assertSame(ring, rows);
            }
        }
    }

    private static void change(RandomGenerator random, RowRing ring, List<Row> rows, int capacity, int i) {
        int kind = random.nextInt(30);
        if (kind == 0) {
            ring.removeAll();
            rows.clear();
        } else if (kind == 1) {
            long millis = random.nextInt(10);
            ring.shiftBack(millis);
            rows.replaceAll(row -> new Row(row.time() - millis, row.values()));
        } else {
            // Few distinct values and times, so that repetitions and equal times are common.
            long time = i + random.nextInt(-4, 3);
            double[] row = {-1, random.nextInt(2), random.nextInt(3), i, -1};
            int expected =
                    insert(rows, capacity, new Row(time, new float[] {(float) row[1], (float) row[2], (float) row[3]}));
            assertThat(ring.insert(time, row, 1)).isEqualTo(expected);
            row[1] = 99;
        }
    }

    private static int insert(List<Row> rows, int capacity, Row row) {
        int position =
                (int) rows.stream().filter(one -> one.time() <= row.time()).count();
        if (rows.size() == capacity) {
            if (position == 0) {
                return -1;
            }
            rows.remove(0);
            position--;
        }
        rows.add(position, row);
        return position;
    }

    private static void assertSame(RowRing ring, List<Row> rows) {
        assertThat(ring.size()).isEqualTo(rows.size());
        assertThat(ring.newestTime())
                .isEqualTo(
                        rows.isEmpty()
                                ? Long.MIN_VALUE
                                : rows.get(rows.size() - 1).time());
        for (int position = 0; position < rows.size(); position++) {
            Row row = rows.get(position);
            assertThat(ring.time(position)).isEqualTo(row.time());
            float[] copy = new float[FEATURES + 1];
            ring.copyRow(position, copy, 1);
            for (int j = 0; j < FEATURES; j++) {
                assertThat(ring.value(position, j)).isEqualTo(row.values()[j]);
                assertThat(copy[1 + j]).isEqualTo(row.values()[j]);
            }
            if (position > 0) {
                assertRepeats(
                        ring, position, row.values(), rows.get(position - 1).values());
            }
            assertRows(ring, rows, position);
        }
        for (long time = -20; time < 110; time++) {
            assertThat(ring.positionOf(time)).as("first row of time %d", time).isEqualTo(first(rows, time));
        }
    }

    private static int first(List<Row> rows, long time) {
        for (int position = 0; position < rows.size(); position++) {
            if (rows.get(position).time() == time) {
                return position;
            }
        }
        return -1;
    }

    private static void assertRepeats(RowRing ring, int position, float[] row, float[] before) {
        boolean first = row[0] == before[0];
        boolean second = row[1] == before[1];
        assertThat(ring.repeatsAny(position, new int[] {0, 1})).isEqualTo(first || second);
        assertThat(ring.repeatsAny(position, new int[] {1})).isEqualTo(second);
        assertThat(ring.repeatsAny(position, new int[0])).isFalse();
    }

    /** Every number of rows up to a position, so that the copies cross the end of the ring. */
    private static void assertRows(RowRing ring, List<Row> rows, int position) {
        Scaling twice = new Scaling(new float[FEATURES], new float[] {0.5f, 0.5f, 0.5f});
        for (int count = 1; count <= position + 1; count++) {
            float[] raw = new float[count * FEATURES];
            ring.copyRows(position, count, raw);
            float[] scaled = new float[1 + count * FEATURES];
            ring.copyRows(position, count, twice, scaled, 1);
            for (int i = 0; i < raw.length; i++) {
                float expected = rows.get(position - count + 1 + i / FEATURES).values()[i % FEATURES];
                assertThat(raw[i]).isEqualTo(expected);
                assertThat(scaled[1 + i]).isEqualTo(2 * expected);
            }
        }
    }

    @Test
    void aMissingValueIsNoRepetition() {
        RowRing ring = new RowRing(2, 1);
        ring.insert(0, new double[] {Double.NaN}, 0);
        ring.insert(1, new double[] {Double.NaN}, 0);
        assertThat(ring.repeatsAny(1, new int[] {0})).isFalse();
    }
}
