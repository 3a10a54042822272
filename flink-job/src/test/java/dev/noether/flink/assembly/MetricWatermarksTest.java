package dev.noether.flink.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.wire.MetricBatch;
import dev.noether.flink.wire.MetricResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.RelativeClock;
import org.apache.flink.util.clock.SystemClock;
import org.junit.jupiter.api.Test;

/** How far partitions may be apart, and how soon it is seen. */
class MetricWatermarksTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final WatermarkStrategy<MetricResult> strategy = MetricWatermarks.strategy(Duration.ofSeconds(30), MINUTE);

    @Test
    void aPartitionThatIsFarAheadWaits() {
        assertThat(strategy.getAlignmentParameters().isEnabled()).isTrue();
        assertThat(strategy.getAlignmentParameters().getMaxAllowedWatermarkDrift())
                .isEqualTo(Duration.ofMinutes(32).toMillis());
        assertThat(MetricWatermarks.mostAhead(Duration.ofSeconds(1))).isEqualTo(Duration.ofMinutes(30));
    }

    /** A catch-up reads the records of days between two regular looks at the watermark. */
    @Test
    void eachIntervalThatIsPassedIsSeenAtOnce() {
        List<Long> marks = new ArrayList<>();
        WatermarkGenerator<MetricResult> generator = strategy.createWatermarkGenerator(new TestingContext());
        WatermarkOutput output = new WatermarkOutput() {
            @Override
            public void emitWatermark(Watermark watermark) {
                marks.add(watermark.getTimestamp());
            }

            @Override
            public void markIdle() {}

            @Override
            public void markActive() {}
        };
        for (int half = 0; half <= 6; half++) {
            long reached = half * MINUTE.toMillis() / 2;
            generator.onEvent(new MetricBatch("a", 1, reached, reached, new long[0]), reached, output);
        }
        assertThat(marks).containsExactly(-1L, 59_999L, 119_999L, 179_999L);
    }

    private static final class TestingContext implements WatermarkGeneratorSupplier.Context {
        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
        }

        @Override
        public RelativeClock getInputActivityClock() {
            return SystemClock.getInstance();
        }
    }
}
