package dev.noether.flink.ingest;

import dev.noether.flink.config.EntityOptions;
import dev.noether.flink.wire.IngestResult;
import dev.noether.flink.wire.ObservationRow;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/** Event time and watermarks: the watermark of a partition is its newest row's time less {@code entities.disorder}. */
final class EventTime {
    private EventTime() {}

    /**
     * Returns the strategy. Rejected records do not advance the watermark and do not keep a partition active: a
     * partition that has only rejected records becomes idle, so that it does not hold back the other partitions.
     */
    static WatermarkStrategy<IngestResult> strategy(EntityOptions entities) {
        WatermarkStrategy<IngestResult> bounded = WatermarkStrategy.<IngestResult>forBoundedOutOfOrderness(
                        entities.disorder())
                .withIdleness(entities.idleness());
        return WatermarkStrategy.<IngestResult>forGenerator(
                        context -> new RowWatermarks(bounded.createWatermarkGenerator(context)))
                .withTimestampAssigner(
                        (result, kafkaTime) -> result instanceof ObservationRow row ? row.eventTime() : kafkaTime);
    }

    /** Passes rows to another generator, and ignores rejected records. */
    private static final class RowWatermarks implements WatermarkGenerator<IngestResult> {
        private final WatermarkGenerator<IngestResult> generator;

        RowWatermarks(WatermarkGenerator<IngestResult> generator) {
            this.generator = generator;
        }

        @Override
        public void onEvent(IngestResult event, long eventTime, WatermarkOutput output) {
            if (event instanceof ObservationRow) {
                generator.onEvent(event, eventTime, output);
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            generator.onPeriodicEmit(output);
        }
    }
}
