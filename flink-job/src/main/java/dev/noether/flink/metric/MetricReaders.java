package dev.noether.flink.metric;

import dev.noether.flink.clock.EventTimeLimits;
import dev.noether.flink.clock.JobClock;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.ingest.ObservationLimits;
import java.time.Duration;

/** Makes the reader of an import. */
public final class MetricReaders {
    /** The longest record that is read. Brokers accept a megabyte by default. */
    private static final int MAX_BYTES = 16 << 20;

    private MetricReaders() {}

    /**
     * Makes a reader.
     *
     * @param config configuration of a detector whose observations are imported
     * @param patience how long a record waits for the schema registry
     */
    public static MetricReader of(DetectorConfig config, Duration patience) {
        return of(config, patience, JobClock.SYSTEM);
    }

    /** Makes a reader that judges times by a given clock. */
    static MetricReader of(DetectorConfig config, Duration patience, JobClock clock) {
        ObservationLimits limits = new ObservationLimits(MAX_BYTES, EventTimeLimits.of(config.entities()), clock);
        return switch (config.source().format()) {
            case OTLP_PROTO, OTLP_JSON -> new OtlpMetricReader(config, limits);
            case JSON, AVRO, CONFLUENT_AVRO, INFLUX, PROMETHEUS_JSON -> new FieldMetricReader(config, limits, patience);
            case NOETHER -> throw new IllegalArgumentException("Noether's own records are not imported");
        };
    }
}
