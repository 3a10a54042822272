package dev.noether.flink.check;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The oldest and the newest records of the observations topic. Immutable once made.
 *
 * @param topicRecords upper bound of the number of records in the topic: offsets between its first and its last record
 * @param oldest statistics of the oldest records of each partition
 * @param newest statistics of the newest records of each partition
 */
public record TopicSample(long topicRecords, ObservationSample oldest, ObservationSample newest) {
    private static final int MAX_PER_PARTITION = 2_000;
    private static final int MAX_TOTAL = 20_000;
    private static final int MIN_PER_PARTITION = 10;

    /**
     * Reads the records.
     *
     * @throws org.apache.kafka.common.errors.TimeoutException if the broker does not answer
     */
    public static TopicSample read(DetectorConfig config) {
        try (KafkaConsumer<byte[], byte[]> consumer = TopicReader.consumer(config)) {
            List<TopicPartition> partitions =
                    TopicReader.partitions(consumer, config.topics().observations());
            consumer.assign(partitions);
            Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
            int most = Math.max(MIN_PER_PARTITION, Math.min(MAX_PER_PARTITION, MAX_TOTAL / partitions.size()));
            Map<TopicPartition, Long> oldestFrom = new HashMap<>();
            Map<TopicPartition, Long> oldestTo = new HashMap<>();
            Map<TopicPartition, Long> newestFrom = new HashMap<>();
            long records = 0;
            for (TopicPartition partition : partitions) {
                long from = first.getOrDefault(partition, 0L);
                long to = end.getOrDefault(partition, 0L);
                records += to - from;
                oldestFrom.put(partition, from);
                oldestTo.put(partition, Math.min(to, from + most));
                newestFrom.put(partition, Math.max(from, to - most));
            }
            return new TopicSample(
                    records, read(config, consumer, oldestFrom, oldestTo), read(config, consumer, newestFrom, end));
        }
    }

    private static ObservationSample read(
            DetectorConfig config,
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> to) {
        ObservationSample sample = new ObservationSample(config);
        from.forEach(consumer::seek);
        for (ConsumerRecord<byte[], byte[]> record : TopicReader.until(consumer, to)) {
            if (record.offset() < to.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L)) {
                sample.add(record);
            }
        }
        return sample;
    }
}
