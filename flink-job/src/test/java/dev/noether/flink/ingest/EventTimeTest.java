package dev.noether.flink.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.DuplicatePolicy;
import dev.noether.flink.config.EntityOptions;
import dev.noether.flink.config.EventTimeOptions;
import dev.noether.flink.config.LatePolicy;
import dev.noether.flink.wire.IngestResult;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.flink.wire.RejectedRecord;
import dev.noether.model.feature.MissingPolicy;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectionReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

class EventTimeTest {
    private final ManualClock clock = new ManualClock();
    private final TestingOutput output = new TestingOutput();
    private final WatermarkStrategy<IngestResult> strategy = EventTime.strategy(new EntityOptions(
            Duration.ofMillis(100),
            LatePolicy.MARK,
            Duration.ofSeconds(30),
            new EventTimeOptions(Duration.ofDays(1), Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z")),
            1_000,
            DuplicatePolicy.REPEAT,
            MissingPolicy.HOLD,
            Map.of()));
    private final WatermarkGenerator<IngestResult> generator = strategy.createWatermarkGenerator(new TestingContext());

    @Test
    void staysBehindTheNewestRowByTheDisorder() {
        see(row(800));
        see(row(900));
        see(row(1000));
        generator.onPeriodicEmit(output);
        assertThat(output.events).containsExactly("899");
    }

    @Test
    void doesNotSeeRejectedRecords() {
        see(row(800));
        see(row(900));
        see(row(1000));
        see(rejected());
        generator.onPeriodicEmit(output);
        assertThat(output.events).containsExactly("899");
    }

    /** Also at the start of the partition: the first row may be the wrong one. */
    @Test
    void oneEntityWithAWrongClockDoesNotAdvanceTheOthers() {
        for (int round = 0; round < 20; round++) {
            for (int host = 0; host < 20; host++) {
                see(row("host-" + host, round * 10_000L + (host == 0 ? 43_200_000 : 0)));
                generator.onPeriodicEmit(output);
            }
        }
        assertThat(output.events).isNotEmpty();
        assertThat(output.events.stream().mapToLong(Long::parseLong).max()).hasValue(19 * 10_000L - 101);
    }

    @Test
    void aPartitionWithNothingButGarbageBecomesIdle() {
        see(row(1000));
        generator.onPeriodicEmit(output);
        output.events.clear();
        for (int i = 0; i < 4; i++) {
            see(rejected());
            generator.onPeriodicEmit(output);
            clock.advanceTime(Duration.ofSeconds(20));
        }
        assertThat(output.events).contains("idle");
    }

    @Test
    void theTimeOfARowIsItsEventTimeAndOfARejectedRecordKafkas() {
        TimestampAssigner<IngestResult> assigner = strategy.createTimestampAssigner(UnregisteredMetricsGroup::new);
        assertThat(assigner.extractTimestamp(row(7), 99)).isEqualTo(7);
        assertThat(assigner.extractTimestamp(rejected(), 99)).isEqualTo(99);
    }

    private void see(IngestResult result) {
        long time = result instanceof ObservationRow row ? row.eventTime() : Long.MAX_VALUE;
        generator.onEvent(result, time, output);
    }

    private static IngestResult row(long eventTime) {
        return row("host-7", eventTime);
    }

    private static IngestResult row(String entity, long eventTime) {
        return new ObservationRow(entity, eventTime, 0, 0, new float[] {1});
    }

    private static IngestResult rejected() {
        return new RejectedRecord(new Rejected("t", 0, 0, 99, RejectionReason.EMPTY, "", null, null, -1));
    }

    private final class TestingContext
            implements org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier.Context {
        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
        }

        @Override
        public RelativeClock getInputActivityClock() {
            return clock;
        }
    }

    private static final class TestingOutput implements WatermarkOutput {
        private final List<String> events = new ArrayList<>();

        @Override
        public void emitWatermark(Watermark watermark) {
            events.add(Long.toString(watermark.getTimestamp()));
        }

        @Override
        public void markIdle() {
            events.add("idle");
        }

        @Override
        public void markActive() {
            events.add("active");
        }
    }
}
