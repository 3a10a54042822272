package dev.noether.flink.ingest;

import dev.noether.flink.config.EntityOptions;
import dev.noether.flink.wire.Ingested;
import dev.noether.flink.wire.ObservationRow;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/** How event time advances: for each partition, behind its newest row by the allowed disorder. */
final class EventTime {
    private EventTime() {}

    /**
     * Returns the strategy. Rejected records neither advance event time nor keep a partition from being idle: a partition
     * that gets nothing but garbage must not hold the others back.
     */
    static WatermarkStrategy<Ingested> strategy(EntityOptions entities) {
        WatermarkStrategy<Ingested> bounded = WatermarkStrategy.<Ingested>forBoundedOutOfOrderness(entities.disorder())
                .withIdleness(entities.idleness());
        return WatermarkStrategy.<Ingested>forGenerator(
                        context -> new RowsOnly(bounded.createWatermarkGenerator(context)))
                .withTimestampAssigner((ingested, kafkaTime) -> {
                    ObservationRow row = ingested.row();
                    return row == null ? kafkaTime : row.eventTime();
                });
    }

    /** Shows a generator the rows and nothing else. */
    private static final class RowsOnly implements WatermarkGenerator<Ingested> {
        private final WatermarkGenerator<Ingested> generator;

        RowsOnly(WatermarkGenerator<Ingested> generator) {
            this.generator = generator;
        }

        @Override
        public void onEvent(Ingested event, long eventTime, WatermarkOutput output) {
            if (event.row() != null) {
                generator.onEvent(event, eventTime, output);
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            generator.onPeriodicEmit(output);
        }
    }
}
