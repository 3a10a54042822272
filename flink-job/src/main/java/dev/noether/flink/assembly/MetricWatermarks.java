package dev.noether.flink.assembly;

import dev.noether.flink.wire.MetricBatch;
import dev.noether.flink.wire.MetricResult;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * The watermark of a partition: the time that it has reached by its {@link PartitionClock}, which its batches carry. A
 * partition that is far ahead of another one waits for it: all intervals between the two would have to stay open.
 */
final class MetricWatermarks {
    /** How many intervals a partition may be ahead of the one that is furthest behind. */
    private static final int MOST_INTERVALS_AHEAD = 32;

    /** What a partition may always be ahead. */
    private static final Duration ALWAYS_AHEAD = Duration.ofMinutes(30);

    private static final Duration BETWEEN_COMPARISONS = Duration.ofMillis(100);

    private MetricWatermarks() {}

    /**
     * Returns the strategy. A partition without values of the detector becomes idle, whatever else it has.
     *
     * @param idleness time without values after which a partition no longer holds back the others
     * @param interval length of the intervals
     */
    static WatermarkStrategy<MetricResult> strategy(Duration idleness, Duration interval) {
        long step = interval.toMillis();
        WatermarkStrategy<MetricResult> reached = WatermarkStrategy.<MetricResult>forGenerator(
                        context -> new ReachedTimes(step))
                .withIdleness(idleness);
        return WatermarkStrategy.<MetricResult>forGenerator(
                        context -> new BatchesAlone(reached.createWatermarkGenerator(context)))
                .withTimestampAssigner((result, kafkaTime) ->
                        result instanceof MetricBatch batch && batch.size() > 0 ? batch.time(0) : kafkaTime)
                .withWatermarkAlignment("metrics", mostAhead(interval), BETWEEN_COMPARISONS);
    }

    /** Returns by how much a partition may be ahead of the one that is furthest behind. */
    static Duration mostAhead(Duration interval) {
        Duration ahead = interval.multipliedBy(MOST_INTERVALS_AHEAD);
        return ahead.compareTo(ALWAYS_AHEAD) < 0 ? ALWAYS_AHEAD : ahead;
    }

    /** Passes batches to another generator, and ignores rejected records. */
    private static final class BatchesAlone implements WatermarkGenerator<MetricResult> {
        private final WatermarkGenerator<MetricResult> generator;

        BatchesAlone(WatermarkGenerator<MetricResult> generator) {
            this.generator = generator;
        }

        @Override
        public void onEvent(MetricResult event, long eventTime, WatermarkOutput output) {
            if (event instanceof MetricBatch) {
                generator.onEvent(event, eventTime, output);
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            generator.onPeriodicEmit(output);
        }
    }

    /** The watermarks of one partition. */
    private static final class ReachedTimes implements WatermarkGenerator<MetricResult> {
        private final long step;
        private long reached = Long.MIN_VALUE;
        private long emitted = Long.MIN_VALUE;

        ReachedTimes(long step) {
            this.step = step;
        }

        @Override
        public void onEvent(MetricResult event, long eventTime, WatermarkOutput output) {
            reached = Math.max(reached, ((MetricBatch) event).advancedTo());
            // A catch-up passes many intervals until the next regular look, and must see that it is too far ahead.
            if (reached != Long.MIN_VALUE && (emitted == Long.MIN_VALUE || reached - emitted >= step)) {
                emit(output);
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            if (reached != Long.MIN_VALUE) {
                emit(output);
            }
        }

        private void emit(WatermarkOutput output) {
            emitted = reached;
            output.emitWatermark(new Watermark(reached - 1));
        }
    }
}
