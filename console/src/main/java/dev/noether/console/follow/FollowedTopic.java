package dev.noether.console.follow;

import dev.noether.flink.config.DetectorConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * One topic, read without a consumer group from positions that the store keeps. Reads committed records only. Its
 * buffers are small, because several topics are read in a small heap. Used by one thread.
 */
final class FollowedTopic implements AutoCloseable {
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final int MAX_RECORDS = 2_000;
    private static final int MAX_FETCH_BYTES = 4 << 20;
    private static final int MAX_PARTITION_BYTES = 1 << 19;
    private static final int FETCH_WAIT_MILLIS = 100;

    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Admin admin;

    FollowedTopic(DetectorConfig config, String topic) {
        this.topic = topic;
        this.consumer =
                new KafkaConsumer<>(properties(config), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Properties settings = config.kafka().clientProperties();
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        try {
            this.admin = Admin.create(settings);
        } catch (KafkaException e) {
            consumer.close(Duration.ZERO);
            throw e;
        }
    }

    private static Properties properties(DetectorConfig config) {
        Properties properties = config.kafka().clientProperties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        // What retention has removed is passed over; nothing that is there may be.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_RECORDS);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_FETCH_BYTES);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MAX_PARTITION_BYTES);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        return properties;
    }

    /**
     * Returns what Kafka says of the topic; null if it does not exist.
     *
     * @throws KafkaException if Kafka does not answer
     */
    @Nullable
    TopicDescription describe() throws InterruptedException {
        try {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(TIMEOUT.toMillis() + 1_000, TimeUnit.MILLISECONDS)
                    .get(topic);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return null;
            }
            throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("Kafka does not answer", e);
        }
    }

    /**
     * Whether the topic ends before a stored position, because the brokers have lost its newest records.
     *
     * @throws KafkaException if Kafka does not answer
     */
    boolean endsBefore(Map<Integer, Long> stored) {
        List<TopicPartition> known = stored.keySet().stream()
                .map(number -> new TopicPartition(topic, number))
                .toList();
        return consumer.endOffsets(known, TIMEOUT).entrySet().stream()
                .anyMatch(
                        end -> end.getValue() < stored.getOrDefault(end.getKey().partition(), 0L));
    }

    /** Whether it does not read so many partitions yet. */
    boolean lacks(int partitions) {
        return consumer.assignment().size() != partitions;
    }

    /** Reads the given number of partitions, those that are new from their stored positions or their beginning. */
    void assign(int partitions, Map<Integer, Long> stored) {
        if (!lacks(partitions)) {
            return;
        }
        Map<TopicPartition, Long> before = new HashMap<>();
        for (TopicPartition known : consumer.assignment()) {
            before.put(known, consumer.position(known));
        }
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList();
        consumer.assign(all);
        for (TopicPartition one : all) {
            Long position = before.containsKey(one) ? before.get(one) : stored.get(one.partition());
            consumer.seek(one, position == null ? 0 : position);
        }
    }

    List<ConsumerRecord<byte[], byte[]>> poll(Duration wait) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        consumer.poll(wait).forEach(records::add);
        return records;
    }

    /** Returns the next offset of each partition. */
    Map<Integer, Long> positions() {
        Map<Integer, Long> positions = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            positions.put(partition.partition(), consumer.position(partition));
        }
        return positions;
    }

    /**
     * Returns how many offsets are not read yet.
     *
     * @throws KafkaException if Kafka does not answer
     */
    long lag() {
        long lag = 0;
        for (Map.Entry<TopicPartition, Long> end :
                consumer.endOffsets(consumer.assignment(), TIMEOUT).entrySet()) {
            lag += Math.max(0, end.getValue() - consumer.position(end.getKey()));
        }
        return lag;
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
        consumer.close(Duration.ZERO);
    }
}
