package dev.noether.flink.assembly;

import dev.noether.flink.wire.MetricBatch;
import dev.noether.flink.wire.MetricResult;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/** The watermark of a partition: the time that it has reached by its {@link PartitionClock}, which its batches carry. */
final class MetricWatermarks {
    private MetricWatermarks() {}

    /**
     * Returns the strategy. A partition without values of the detector becomes idle, whatever else it has.
     *
     * @param idleness time without values after which a partition no longer holds back the others
     */
    static WatermarkStrategy<MetricResult> strategy(Duration idleness) {
        WatermarkStrategy<MetricResult> reached = WatermarkStrategy.<MetricResult>forGenerator(
                        context -> new ReachedTimes())
                .withIdleness(idleness);
        return WatermarkStrategy.<MetricResult>forGenerator(
                        context -> new BatchesAlone(reached.createWatermarkGenerator(context)))
                .withTimestampAssigner((result, kafkaTime) ->
                        result instanceof MetricBatch batch && batch.size() > 0 ? batch.time(0) : kafkaTime);
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
        private long reached = Long.MIN_VALUE;

        @Override
        public void onEvent(MetricResult event, long eventTime, WatermarkOutput output) {
            reached = Math.max(reached, ((MetricBatch) event).advancedTo());
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            if (reached != Long.MIN_VALUE) {
                output.emitWatermark(new Watermark(reached - 1));
            }
        }
    }
}
