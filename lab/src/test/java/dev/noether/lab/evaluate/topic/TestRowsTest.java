package dev.noether.lab.evaluate.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.lab.evaluate.dataset.TimedRows;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TestRowsTest {
    private static final int WIDTH = 2;
    private static final long ROW = EntityRows.rowBytes(WIDTH);

    @Test
    void tooManyRowsLeaveWholeEntitiesOut() {
        TestRows rows = new TestRows(WIDTH, 3_000 * ROW, 0);
        for (int row = 0; row < 100; row++) {
            for (int entity = 0; entity < 100; entity++) {
                rows.addTest("host-" + entity, row, new double[] {row, entity});
            }
        }
        assertThat(rows.isHalved()).isTrue();
        assertThat(rows.end()).isEmpty();
        assertThat(rows.test()).hasSizeBetween(10, 30).allSatisfy((name, one) -> {
            TimedRows kept = one.inOrder();
            assertThat(kept.length()).as(name).isEqualTo(100);
            assertThat(kept.values()[2 * 57 + 1]).isEqualTo(Float.parseFloat(name.substring(5)));
        });
    }

    @Test
    void aSingleEntityThatIsTooLongEndsEarlier() {
        TestRows rows = new TestRows(WIDTH, 50 * ROW, 0);
        for (int row = 0; row < 100; row++) {
            rows.addTest("host", row * 1_000L, new double[WIDTH]);
        }
        assertThat(rows.end()).isEqualTo("1970-01-01T00:00:50Z");
        assertThat(rows.test().get("host").count()).isEqualTo(51);
    }

    @Test
    void ofTheHistoryTheLastRowsAreKept() {
        TestRows rows = new TestRows(WIDTH, Long.MAX_VALUE, 0);
        for (int row = 0; row < 2_500; row++) {
            rows.addHistory("host", row, new double[] {row, Double.NaN});
        }
        TimedRows kept = rows.warmUp("host").inOrder();
        assertThat(kept.length()).isEqualTo(TestRows.WARM_UP_ROWS);
        assertThat(kept.times()[0]).isEqualTo(1_500);
        assertThat(kept.observed()[2 * 999]).isEqualTo(2_499);
        assertThat(kept.observed()[1]).isNaN();
        assertThat(kept.values()[1]).isZero();
        assertThat(rows.warmUp("other").inOrder().length()).isZero();
    }

    @Test
    void rowsInAnyOrderAreSortedAndOfTwoOfOneTimeTheFirstCounts() {
        EntityRows rows = new EntityRows(1, 1_000);
        Map<Long, Float> first = new HashMap<>();
        Random random = new Random(5);
        for (int i = 0; i < 500; i++) {
            long time = random.nextInt(300);
            rows.add(time, new double[] {i});
            first.putIfAbsent(time, (float) i);
        }
        TimedRows sorted = rows.inOrder();
        assertThat(sorted.times()).isSorted().doesNotHaveDuplicates().hasSize(first.size());
        for (int i = 0; i < sorted.length(); i++) {
            assertThat(sorted.values()[i]).isEqualTo(first.get(sorted.times()[i]));
        }
    }

    @Test
    void aWrongClockAtTheStartOfATopicDoesNotBeginTheHistory() {
        assertThat(TopicSpan.earliest(new long[] {5, 1_700_000_000_000L, 1_700_000_060_000L, 1_700_000_120_000L}))
                .isEqualTo(1_700_000_000_000L);
        assertThat(TopicSpan.earliest(new long[] {1_700_000_060_000L, 1_700_000_000_000L}))
                .isEqualTo(1_700_000_000_000L);
    }
}
