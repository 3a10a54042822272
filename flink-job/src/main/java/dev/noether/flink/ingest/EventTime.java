package dev.noether.flink.ingest;

import dev.noether.flink.config.EntityOptions;
import dev.noether.flink.wire.IngestResult;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.incident.clock.SourceClock;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Event time and watermarks: the watermark of a partition is the time of its {@link SourceClock}, less
 * {@code entities.disorder}. So one entity with a wrong clock does not advance it.
 */
final class EventTime {
    private EventTime() {}

    /**
     * Returns the strategy. Rejected records do not advance the watermark and do not keep a partition active: a
     * partition that has only rejected records becomes idle, so that it does not hold back the other partitions.
     */
    static WatermarkStrategy<IngestResult> strategy(EntityOptions entities) {
        long disorderMillis = entities.disorder().toMillis();
        WatermarkStrategy<IngestResult> bounded = WatermarkStrategy.<IngestResult>forGenerator(
                        context -> new ConfirmedWatermarks(disorderMillis))
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

    /** The watermarks of one partition. */
    private static final class ConfirmedWatermarks implements WatermarkGenerator<IngestResult> {
        private final SourceClock clock = new SourceClock();
        private final long disorderMillis;

        ConfirmedWatermarks(long disorderMillis) {
            this.disorderMillis = disorderMillis;
        }

        @Override
        public void onEvent(IngestResult event, long eventTime, WatermarkOutput output) {
            clock.observe(((ObservationRow) event).entity(), eventTime);
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            long time = clock.time();
            if (time != SourceClock.UNKNOWN) {
                // Flink ignores a watermark that is older than the last one.
                output.emitWatermark(new Watermark(time - disorderMillis - 1));
            }
        }
    }
}
