package dev.noether.flink.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.assembly.AssemblyOptions.FeatureRule;
import dev.noether.flink.mapping.FeatureForm;
import dev.noether.flink.mapping.MetricAggregate;
import dev.noether.flink.wire.MetricBatch;
import dev.noether.flink.wire.ObservationRow;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.Test;

/** When intervals are closed, which values are late, and what the limits cost. */
class RowAssemblyOperatorTest {
    private static final long MINUTE = 60_000;
    private static final long AHEAD = 1;
    private static final long BEHIND = 2;
    private static final long START = 1_700_000_040_000L;

    private static final FeatureRule LAST = new FeatureRule(MetricAggregate.LAST, FeatureForm.VALUE);
    private static final FeatureRule RATE = new FeatureRule(MetricAggregate.SUM, FeatureForm.RATE);

    private static AssemblyOptions options(int maxEntities, FeatureRule... rules) {
        return new AssemblyOptions(
                "hosts",
                Duration.ofMinutes(1),
                Duration.ofSeconds(10),
                Duration.ofMinutes(2),
                maxEntities,
                List.of(rules),
                rules.length);
    }

    private static long at(double minutes) {
        return START + Math.round(minutes * MINUTE);
    }

    @Test
    void anIntervalIsClosedWhenTheWatermarkHasPassedItByTheDisorder() throws Exception {
        try (AssemblyHarness harness = new AssemblyHarness(options(10, LAST, LAST))) {
            harness.send(TestingValue.level("a", 0, at(0.9), 2).batch());
            harness.send(TestingValue.level("a", 0, at(0.1), 1).batch());
            harness.watermark(at(1) + 9_998);
            assertThat(harness.rows()).isEmpty();
            harness.send(TestingValue.level("a", 1, at(0.5), 3).batch());
            harness.watermark(at(1) + 9_999);
            ObservationRow row = harness.rows().get(0);
            assertThat(row.eventTime()).isEqualTo(START);
            assertThat(row.values()).containsExactly(2, 3);
            harness.send(TestingValue.level("a", 1, at(0.5), 9).batch());
            harness.watermark(at(9));
            assertThat(harness.rows()).isEmpty();
            assertThat(harness.metrics().metricsLate().getCount()).isEqualTo(1);
        }
    }

    /** Whether a value is late follows from the records before it in its partition, not from the speed of the job. */
    @Test
    void aValueIsLateIfItsOwnPartitionHadPassedItsInterval() throws Exception {
        try (AssemblyHarness harness = new AssemblyHarness(options(10, LAST))) {
            harness.send(TestingValue.level("a", 0, at(0), 1).batch(at(1) + 10_000));
            harness.send(TestingValue.level("a", 0, at(0.5), 2).batch(at(1) + 9_999));
            harness.watermark(at(9));
            assertThat(harness.rows())
                    .singleElement()
                    .satisfies(row -> assertThat(row.values()).containsExactly(2));
            assertThat(harness.metrics().metricsLate().getCount()).isEqualTo(1);
        }
    }

    @Test
    void anIdleTopicIsClosedByTheClock() throws Exception {
        try (AssemblyHarness harness = new AssemblyHarness(options(10, LAST))) {
            harness.setProcessingTime(1_000);
            harness.send(TestingValue.level("a", 0, at(0), 1).batch());
            harness.setProcessingTime(61_000);
            harness.send(TestingValue.level("a", 0, at(1), 2).batch());
            harness.setProcessingTime(180_999);
            assertThat(harness.rows()).isEmpty();
            harness.setProcessingTime(181_000);
            assertThat(harness.rows()).extracting(ObservationRow::eventTime).containsExactly(at(0), at(1));
            harness.send(TestingValue.level("a", 0, at(1.5), 3).batch());
            harness.send(TestingValue.level("a", 0, at(2), 4).batch());
            harness.watermark(at(9));
            assertThat(harness.rows()).extracting(ObservationRow::eventTime).containsExactly(at(2));
        }
    }

    /** A partition that is far behind holds back the watermark, but not the rows of the others for ever. */
    @Test
    void aPartitionThatIsBehindDoesNotHoldTheOthersUp() throws Exception {
        try (AssemblyHarness harness = new AssemblyHarness(options(10, LAST))) {
            harness.send(TestingValue.level("ahead", 0, at(60), 1).batch(at(60)));
            harness.send(TestingValue.level("stopped", 0, at(60), 1).batch(at(60)));
            harness.send(TestingValue.level("behind", 0, at(0), 1).batch(at(0)));
            for (int minute = 1; minute < 5; minute++) {
                harness.setProcessingTime(minute * MINUTE);
                harness.send(TestingValue.level("ahead", 0, at(60 + minute), 1).batch(at(60 + minute)));
                harness.send(TestingValue.level("behind", 0, at(minute), 1).batch(at(minute)));
                harness.watermark(at(minute) - 1);
            }
            List<ObservationRow> rows = harness.rows();
            assertThat(rows).filteredOn(row -> row.entity().equals("ahead")).hasSizeBetween(1, 3);
            assertThat(rows).filteredOn(row -> row.entity().equals("stopped")).isEmpty();
        }
    }

    /** One of two partitions of an entity is read an hour of event time behind the other one. */
    @Test
    void anIntervalWaitsForAllPartitionsOfItsEntity() throws Exception {
        try (AssemblyHarness harness = new AssemblyHarness(options(10, LAST, LAST))) {
            harness.send(TestingValue.level("a", 1, at(0), 2).batch(BEHIND, at(0)));
            for (int minute = 0; minute <= 60; minute++) {
                harness.send(TestingValue.level("a", 0, at(minute), 1).batch(AHEAD, at(minute)));
            }
            for (int minute = 1; minute <= 60; minute++) {
                harness.setProcessingTime(minute * MINUTE);
                harness.send(TestingValue.level("a", 1, at(minute), 2).batch(BEHIND, at(minute)));
                harness.send(TestingValue.level("b", 0, at(60), 1).batch(AHEAD, at(60)));
            }
            List<ObservationRow> rows = harness.rows();
            assertThat(rows)
                    .hasSizeGreaterThan(50)
                    .allSatisfy(row -> assertThat(row.values()).containsExactly(1, 2));
            assertThat(harness.metrics().metricsLate().getCount()).isZero();
        }
    }

    /** A partition that went idle, or that now has other entities, holds no rows for ever. */
    @Test
    void aPartitionWithoutValuesOfTheEntityNoLongerCounts() throws Exception {
        for (boolean isIdle : new boolean[] {true, false}) {
            try (AssemblyHarness harness = new AssemblyHarness(options(10, LAST, LAST))) {
                harness.send(TestingValue.level("a", 1, at(0), 2).batch(BEHIND, at(0)));
                harness.send(TestingValue.level("a", 0, at(100), 1).batch(AHEAD, at(100)));
                for (int minute = 1; minute <= 30; minute++) {
                    harness.setProcessingTime(minute * MINUTE);
                    if (!isIdle) {
                        harness.send(TestingValue.level("b", 0, at(minute), 1).batch(BEHIND, at(minute)));
                    }
                    harness.send(TestingValue.level("a", 0, at(100 + minute), 1).batch(AHEAD, at(100 + minute)));
                }
                assertThat(harness.rows())
                        .filteredOn(row -> row.entity().equals("a"))
                        .extracting(ObservationRow::eventTime)
                        .contains(at(0), at(100), at(101));
            }
        }
    }

    /** The clock on the wall says nothing while the job itself did not run. */
    @Test
    void nothingIsClosedBecauseTheJobWasAway() throws Exception {
        AssemblyOptions options = options(10, LAST);
        AssemblyHarness first = new AssemblyHarness(options);
        first.send(TestingValue.level("a", 0, at(0), 1).batch());
        AssemblyHarness.Saved saved = first.snapshot(1);
        first.close();
        try (AssemblyHarness second = new AssemblyHarness(options, 1, saved, new HashMapStateBackend(), 3_600_000)) {
            second.setProcessingTime(3_601_000);
            assertThat(second.rows()).isEmpty();
            second.send(TestingValue.level("a", 0, at(0.5), 2).batch());
            second.watermark(at(2));
            assertThat(second.rows())
                    .singleElement()
                    .satisfies(row -> assertThat(row.values()).containsExactly(2));
        }
    }

    @Test
    void theFirstIntervalOfARateGivesNoRowAndAResetIsNoFall() throws Exception {
        try (AssemblyHarness harness = new AssemblyHarness(options(10, RATE))) {
            double[] readings = {1e13, 1e13 + 180, 60, 240};
            for (int i = 0; i < readings.length; i++) {
                harness.send(TestingValue.level("a", 0, at(i), readings[i]).batch());
            }
            harness.watermark(at(9));
            assertThat(harness.rows()).extracting(row -> row.values()[0]).containsExactly(3.0, 1.0, 3.0);
            assertThat(harness.metrics().rowsEmpty().getCount()).isEqualTo(1);
        }
    }

    /** The logarithm of 0 is no value, and a count of 0 alone says nothing. */
    @Test
    void aRowWhoseOnlyValueHasNoLogarithmIsNotWritten() throws Exception {
        FeatureRule log = new FeatureRule(MetricAggregate.LAST, FeatureForm.LOG);
        FeatureRule count = new FeatureRule(MetricAggregate.COUNT, FeatureForm.VALUE);
        try (AssemblyHarness harness = new AssemblyHarness(options(10, log, count))) {
            harness.send(TestingValue.level("a", 0, at(0), 0).batch());
            harness.watermark(at(9));
            assertThat(harness.rows()).isEmpty();
            assertThat(harness.metrics().rowsEmpty().getCount()).isEqualTo(1);
        }
    }

    @Test
    void beyondTheLimitTheEntitySeenLeastRecentlyGoesAndItsRowsAreNotLost() throws Exception {
        try (AssemblyHarness harness = new AssemblyHarness(options(2, LAST))) {
            for (int i = 0; i < 3; i++) {
                harness.send(TestingValue.level("entity-" + i, 0, at(i), i).batch());
            }
            assertThat(harness.rows()).extracting(ObservationRow::entity).containsExactly("entity-0");
            assertThat(harness.metrics().entitiesEvicted().getCount()).isEqualTo(1);
            harness.send(TestingValue.level("entity-0", 0, at(0.5), 7).batch());
            harness.watermark(at(9));
            assertThat(harness.rows())
                    .as("no second row of the interval that was closed")
                    .extracting(ObservationRow::eventTime)
                    .doesNotContain(at(0));
        }
    }

    @Test
    void openIntervalsOfAnEntityAreBounded() throws Exception {
        try (AssemblyHarness harness = new AssemblyHarness(options(10, LAST))) {
            for (int i = 0; i <= OpenRows.MOST_OF_ENTITY; i++) {
                harness.send(TestingValue.level("a", 0, at(i), i).batch());
            }
            assertThat(harness.openIntervals()).isEqualTo(OpenRows.MOST_OF_ENTITY);
            assertThat(harness.rows()).extracting(ObservationRow::eventTime).containsExactly(at(0));
            assertThat(harness.metrics().intervalsEvicted().getCount()).isEqualTo(1);
        }
    }

    @Test
    void seriesOfAnEntityAreBounded() throws Exception {
        try (AssemblyHarness harness = new AssemblyHarness(options(10, RATE))) {
            for (int minute = 0; minute < 3; minute++) {
                for (int i = 0; i < 3000; i++) {
                    long series = 3000L * minute + i;
                    harness.send(new TestingValue("a", 0, series, at(minute), false, i).batch());
                }
                harness.watermark(at(minute + 2));
            }
            assertThat(harness.metrics().seriesEvicted().getCount()).isGreaterThan(0);
        }
    }

    /** Other features: open intervals of the former ones are dropped, and no interval gets a second row. */
    @Test
    void stateOfAnotherConfigurationIsNotMixed() throws Exception {
        AssemblyHarness first = new AssemblyHarness(options(10, LAST));
        first.send(TestingValue.level("a", 0, at(0), 1).batch());
        first.send(TestingValue.level("a", 0, at(1), 1).batch());
        first.watermark(at(1) + 10_000);
        assertThat(first.rows()).hasSize(1);
        AssemblyHarness.Saved saved = first.snapshot(1);
        first.close();
        try (AssemblyHarness second =
                new AssemblyHarness(options(10, LAST, LAST), 1, saved, new HashMapStateBackend(), 0)) {
            second.send(TestingValue.level("a", 1, at(0.5), 2).batch());
            second.send(TestingValue.level("a", 1, at(1.5), 3).batch());
            second.watermark(at(9));
            assertThat(second.rows()).singleElement().satisfies(row -> {
                assertThat(row.eventTime()).isEqualTo(at(1));
                assertThat(row.values()).containsExactly(Float.NaN, 3);
            });
            assertThat(second.openIntervals()).isZero();
        }
    }

    /** Once each series has been seen, a value costs no memory. */
    @Test
    void aValueAllocatesNothing() throws Exception {
        try (AssemblyHarness harness = new AssemblyHarness(options(10, LAST, RATE))) {
            MetricBatch[] batches = new MetricBatch[200];
            for (int i = 0; i < batches.length; i++) {
                batches[i] = new TestingValue("a", i % 2, i % 10, at(0) + i, false, i).batch();
            }
            for (int round = 0; round < 200; round++) {
                sendAll(harness, batches);
            }
            com.sun.management.ThreadMXBean threads =
                    (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
            long thread = Thread.currentThread().getId();
            long before = threads.getThreadAllocatedBytes(thread);
            sendAll(harness, batches);
            long bytesOfValue = (threads.getThreadAllocatedBytes(thread) - before) / batches.length;
            // The harness itself makes a record for each value.
            assertThat(bytesOfValue).isLessThan(100);
        }
    }

    private static void sendAll(AssemblyHarness harness, MetricBatch[] batches) throws Exception {
        for (MetricBatch batch : batches) {
            harness.send(batch);
        }
    }
}
