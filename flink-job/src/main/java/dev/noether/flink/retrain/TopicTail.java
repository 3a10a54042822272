package dev.noether.flink.retrain;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.ingest.ObservationDeserializer;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.flink.wire.ObservationRow;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads the newest observations of a detector. Stateless; thread safe. */
public final class TopicTail {
    /** Number of records to read from each partition: the last ones may be transaction markers or damaged. */
    private static final int RECORDS = 32;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private TopicTail() {}

    /** Returns the newest event time in the last records of each partition; empty if the topic has no observation. */
    public static OptionalLong newestEventTime(DetectorConfig config) {
        try (KafkaConsumer<byte[], byte[]> consumer = TopicReader.consumer(config)) {
            List<TopicPartition> partitions =
                    TopicReader.partitions(consumer, config.topics().observations());
            Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, TIMEOUT);
            Map<TopicPartition, Long> end = new HashMap<>(consumer.endOffsets(partitions, TIMEOUT));
            consumer.assign(partitions);
            for (TopicPartition partition : partitions) {
                long from = Math.max(first.getOrDefault(partition, 0L), end.getOrDefault(partition, 0L) - RECORDS);
                consumer.seek(partition, from);
            }
            ObservationDeserializer deserializer = new ObservationDeserializer(config);
            long newest = Long.MIN_VALUE;
            for (ConsumerRecord<byte[], byte[]> record : TopicReader.until(consumer, end)) {
                newest = Math.max(newest, eventTime(deserializer, record));
            }
            return newest == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(newest);
        }
    }

    /** Ignores records that the jobs would reject: one from the far future must not move the times of the models. */
    private static long eventTime(ObservationDeserializer deserializer, ConsumerRecord<byte[], byte[]> record) {
        return deserializer.ingest(record) instanceof ObservationRow row ? row.eventTime() : Long.MIN_VALUE;
    }
}
