package dev.noether.flink.kafka;

import dev.noether.flink.config.DetectorConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the committed records of a topic up to its present end, without a consumer group. Stateless; thread safe. */
public final class TopicReader {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration FETCH_WAIT = Duration.ofMillis(50);
    private static final int MAX_POLL_RECORDS = 5_000;

    private TopicReader() {}

    /** Makes a consumer without a group, which reads committed records only and commits no offsets. */
    public static KafkaConsumer<byte[], byte[]> consumer(DetectorConfig config) {
        return consumer(config, "read_committed");
    }

    /**
     * Makes a consumer without a group that also reads what is not committed yet, and what never will be. It commits no
     * offsets.
     */
    public static KafkaConsumer<byte[], byte[]> uncommittedConsumer(DetectorConfig config) {
        return consumer(config, "read_uncommitted");
    }

    /**
     * Makes a consumer as {@link #consumer(DetectorConfig)} does, which learns of new partitions while it polls.
     *
     * @param age longest time until {@link #partitions} knows a new partition
     */
    public static KafkaConsumer<byte[], byte[]> followingConsumer(DetectorConfig config, Duration age) {
        Properties properties = config.kafka().clientProperties();
        properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, String.valueOf(age.toMillis()));
        return consumer(properties, "read_committed");
    }

    private static KafkaConsumer<byte[], byte[]> consumer(DetectorConfig config, String isolation) {
        return consumer(config.kafka().clientProperties(), isolation);
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Properties properties, String isolation) {
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        // If retention removes the next record, or the topic is created again, nothing that is there may be skipped.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) FETCH_WAIT.toMillis());
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Returns the partitions of a topic. */
    public static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (PartitionInfo partition : consumer.partitionsFor(topic, TIMEOUT)) {
            partitions.add(new TopicPartition(topic, partition.partition()));
        }
        return partitions;
    }

    /** Returns the end offset of each partition of a topic, {@code [partitions]}. */
    public static long[] endOffsets(DetectorConfig config, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(config)) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions(consumer, topic), TIMEOUT);
            long[] offsets = new long[ends.size()];
            ends.forEach((partition, end) -> offsets[partition.partition()] = end);
            return offsets;
        }
    }

    /** Returns the offset of the oldest record of each partition of a topic, {@code [partitions]}. */
    public static long[] beginningOffsets(DetectorConfig config, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(config)) {
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions(consumer, topic), TIMEOUT);
            long[] offsets = new long[begins.size()];
            begins.forEach((partition, begin) -> offsets[partition.partition()] = begin);
            return offsets;
        }
    }

    /**
     * Reads the records of one partition with offsets in {@code [from, to)}, as far as they exist.
     *
     * @param receiver receiver of each record; it may get some records beyond {@code to}
     * @throws TimeoutException if the broker does not answer
     */
    public static void read(
            DetectorConfig config,
            String topic,
            int partition,
            long from,
            long to,
            Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(config)) {
            TopicPartition one = new TopicPartition(topic, partition);
            long begin = consumer.beginningOffsets(List.of(one), TIMEOUT).getOrDefault(one, 0L);
            long end = consumer.endOffsets(List.of(one), TIMEOUT).getOrDefault(one, 0L);
            consumer.assign(List.of(one));
            consumer.seek(one, Math.max(from, begin));
            readUntil(consumer, Map.of(one, Math.min(to, end)), receiver);
        }
    }

    /**
     * Reads a topic from its beginning to its present end.
     *
     * @param receiver receiver of each record
     * @throws TimeoutException if the broker does not answer
     */
    public static void readAll(DetectorConfig config, String topic, Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
        readLast(config, topic, Long.MAX_VALUE, receiver);
    }

    /**
     * Reads the last offsets of each partition of a topic, also those that are not committed yet, up to its present end.
     *
     * @param count number of offsets of each partition
     * @param receiver receiver of each record
     * @return whether the topic exists
     * @throws TimeoutException if the broker does not answer
     */
    public static boolean readLastUncommitted(
            DetectorConfig config, String topic, long count, Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
        try (KafkaConsumer<byte[], byte[]> consumer = uncommittedConsumer(config)) {
            if (!consumer.listTopics(TIMEOUT).containsKey(topic)) {
                return false;
            }
            readLast(consumer, topic, count, receiver);
            return true;
        }
    }

    /**
     * Reads the last offsets of each partition of a topic, up to its present end.
     *
     * @param count number of offsets of each partition
     * @param receiver receiver of each record
     * @throws TimeoutException if the broker does not answer
     */
    public static void readLast(
            DetectorConfig config, String topic, long count, Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(config)) {
            readLast(consumer, topic, count, receiver);
        }
    }

    private static void readLast(
            KafkaConsumer<byte[], byte[]> consumer,
            String topic,
            long count,
            Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
        List<TopicPartition> partitions = partitions(consumer, topic);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, TIMEOUT);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, TIMEOUT);
        consumer.assign(partitions);
        ends.forEach((partition, end) ->
                consumer.seek(partition, Math.max(begins.getOrDefault(partition, 0L), end - count)));
        readUntil(consumer, ends, receiver);
    }

    /**
     * Reads a topic up to its present end, from the first record of each partition that is not older than a time.
     *
     * @param timestamp timestamp in Kafka, milliseconds since 1970 UTC
     * @param receiver receiver of each record; later records may be older
     * @return whether the topic exists
     * @throws TimeoutException if the broker does not answer
     */
    public static boolean readSince(
            DetectorConfig config, String topic, long timestamp, Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(config)) {
            if (!consumer.listTopics(TIMEOUT).containsKey(topic)) {
                return false;
            }
            List<TopicPartition> partitions = partitions(consumer, topic);
            Map<TopicPartition, Long> times = new HashMap<>();
            partitions.forEach(partition -> times.put(partition, Math.max(0, timestamp)));
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, TIMEOUT);
            Map<TopicPartition, OffsetAndTimestamp> starts = consumer.offsetsForTimes(times, TIMEOUT);
            consumer.assign(partitions);
            ends.forEach((partition, end) -> {
                OffsetAndTimestamp start = starts.get(partition);
                consumer.seek(partition, start == null ? end : start.offset());
            });
            readUntil(consumer, ends, receiver);
            return true;
        }
    }

    /**
     * Reads from the current positions until the given offset of each partition is reached.
     *
     * @throws TimeoutException if the broker does not answer
     */
    public static List<ConsumerRecord<byte[], byte[]>> until(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> end) {
        return until(consumer, end, TIMEOUT);
    }

    /**
     * Reads from the current positions until the given offset of each partition is reached.
     *
     * @param patience how long the broker may send nothing
     * @throws TimeoutException if it sends nothing for longer
     */
    public static List<ConsumerRecord<byte[], byte[]>> until(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> end, Duration patience) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        readUntil(consumer, end, patience, records::add);
        return records;
    }

    /**
     * Reads from the current positions until the given offset of each partition is reached.
     *
     * @param receiver receiver of each record
     * @throws TimeoutException if the broker does not answer
     */
    public static void readUntil(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> end,
            Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
        readUntil(consumer, end, TIMEOUT, receiver);
    }

    private static void readUntil(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> end,
            Duration patience,
            Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (end.entrySet().stream().anyMatch(entry -> consumer.position(entry.getKey()) < entry.getValue())) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            records.forEach(receiver);
            if (!records.isEmpty()) {
                deadline = System.nanoTime() + patience.toNanos();
            } else if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("the broker sent no records for " + patience.toSeconds() + " s");
            }
        }
    }
}
