package dev.noether.flink.kafka;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.ingest.OldestOffsets;

/**
 * The oldest offsets of a detector's observations in Kafka. Each call asks Kafka. Thread safe.
 *
 * @param config configuration of the detector
 */
public record KafkaOldestOffsets(DetectorConfig config) implements OldestOffsets {
    @Override
    public long of(int partition) {
        long[] oldest = TopicReader.beginningOffsets(config, config.topics().observations());
        return partition < oldest.length ? oldest[partition] : 0;
    }
}
