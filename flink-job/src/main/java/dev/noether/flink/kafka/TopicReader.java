package dev.noether.flink.kafka;

import dev.noether.flink.config.DetectorConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a stretch of a topic to its end, outside of any consumer group. Stateless; thread safe. */
public final class TopicReader {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private TopicReader() {}

    public static KafkaConsumer<byte[], byte[]> consumer(DetectorConfig config) {
        Properties properties = config.kafka().clientProperties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    public static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (PartitionInfo partition : consumer.partitionsFor(topic, PATIENCE)) {
            partitions.add(new TopicPartition(topic, partition.partition()));
        }
        return partitions;
    }

    /**
     * Reads from the current positions until each partition's end offset is reached.
     *
     * @throws TimeoutException if the broker stops answering
     */
    public static List<ConsumerRecord<byte[], byte[]>> until(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> end) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (end.entrySet().stream().anyMatch(entry -> consumer.position(entry.getKey()) < entry.getValue())) {
            int before = records.size();
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            if (records.size() > before) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("the broker gave no more records for " + PATIENCE.toSeconds() + " s");
            }
        }
        return records;
    }
}
