package dev.noether.cli.verify;

import dev.noether.flink.config.DetectorConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Topics as a consumer sees them that reads committed records only. */
final class CommittedTopic {
    private static final Duration POLL = Duration.ofMillis(200);

    private CommittedTopic() {}

    /** A consumer without a group, which commits nothing. */
    static KafkaConsumer<byte[], byte[]> consumer(DetectorConfig config) {
        Properties properties = config.kafka().clientProperties();
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
        properties.setProperty(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "50");
        properties.setProperty(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    /** Reads a topic from its beginning to where it ends now. */
    static void read(DetectorConfig config, String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(config)) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!isAtEnd(consumer, ends)) {
                consumer.poll(POLL).forEach(reader);
            }
        }
    }

    /** {@code [partitions]}, how many records each partition holds; nothing is ever removed from it. */
    static long[] ends(DetectorConfig config, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(config)) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions(consumer, topic));
            long[] counts = new long[ends.size()];
            ends.forEach((partition, end) -> counts[partition.partition()] = end);
            return counts;
        }
    }

    private static boolean isAtEnd(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        Collection<Map.Entry<TopicPartition, Long>> entries = ends.entrySet();
        return entries.stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
