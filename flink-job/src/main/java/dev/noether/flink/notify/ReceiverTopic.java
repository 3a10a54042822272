package dev.noether.flink.notify;

import dev.noether.flink.config.DetectorConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The topic of incidents, as one receiver of a detector reads it: with a consumer group of its own, from the beginning
 * at each start. The records before the committed offset are history, which makes known what is open; the others are
 * news. Without a committed offset all records that exist at the start are history. Used by one thread.
 */
final class ReceiverTopic implements AutoCloseable, ConsumerRebalanceListener {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> newsFrom = new HashMap<>();
    private final Map<TopicPartition, Long> newest = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> toCommit = new HashMap<>();
    private boolean isFirstStart;
    private boolean hasChanged;

    ReceiverTopic(DetectorConfig config, String receiver) {
        this.topic = config.topics().incidents();
        this.consumer = new KafkaConsumer<>(
                properties(config, receiver), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            requireTopic(config);
        } catch (KafkaException e) {
            consumer.close(Duration.ZERO);
            throw e;
        }
        consumer.subscribe(List.of(topic), this);
    }

    private void requireTopic(DetectorConfig config) {
        try {
            if (!consumer.listTopics(TIMEOUT).containsKey(topic)) {
                throw new KafkaException("the topic " + topic
                        + " does not exist: ./noether topics create makes it, or set topics.incidents");
            }
        } catch (TimeoutException e) {
            throw new KafkaException(
                    "Kafka does not answer at " + config.kafka().bootstrapServers(), e);
        }
    }

    /** Returns the consumer group of a receiver. */
    static String group(DetectorConfig config, String receiver) {
        return Notifier.groups(config) + receiver;
    }

    private static Properties properties(DetectorConfig config, String receiver) {
        Properties properties = config.kafka().clientProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group(config, receiver));
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, group(config, receiver));
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        // If the topic is created again, its records are news.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        return properties;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata place = committed.get(partition);
            long end = ends.getOrDefault(partition, 0L);
            isFirstStart |= place == null;
            // An offset beyond the end is that of a topic that was deleted: the records of the new one are all news.
            newsFrom.put(partition, place == null ? end : place.offset() > end ? 0 : place.offset());
        }
        consumer.seekToBeginning(partitions);
        hasChanged |= !partitions.isEmpty();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        commit();
        onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        partitions.forEach(newsFrom::remove);
        partitions.forEach(newest::remove);
        partitions.forEach(toCommit::remove);
        hasChanged |= !partitions.isEmpty();
    }

    /** Whether this member's partitions have changed since the last call: what it knew is void then. */
    boolean hasChanged() {
        boolean changed = hasChanged;
        hasChanged = false;
        if (changed) {
            newest.clear();
            // Cooperative assignment keeps partitions; their history is read again too.
            consumer.seekToBeginning(consumer.assignment());
        }
        return changed;
    }

    /** Whether there was no committed offset: open incidents of the history were told to nobody. */
    boolean isFirstStart() {
        return isFirstStart;
    }

    /** Whether this member has partitions at all. */
    boolean hasPartitions() {
        return !newsFrom.isEmpty();
    }

    /** Whether every record of the history has been read. */
    boolean isAtNews() {
        return newsFrom.entrySet().stream().allMatch(entry -> consumer.position(entry.getKey()) >= entry.getValue());
    }

    /** Whether a record is news for the receiver. Must be called once for each record. */
    boolean isNews(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = partition(record);
        Long before = newest.put(partition, record.offset());
        if (before != null && record.offset() <= before) {
            // The topic was deleted and created again.
            newsFrom.put(partition, record.offset());
        }
        return record.offset() >= newsFrom.getOrDefault(partition, Long.MAX_VALUE);
    }

    /** Reads the next records. Calls that follow each other quickly keep the membership in the group. */
    Iterable<ConsumerRecord<byte[], byte[]>> poll(Duration wait) {
        return consumer.poll(wait).records(topic);
    }

    /** Stops reading, while {@link #poll} still keeps the membership. */
    void pause() {
        consumer.pause(consumer.assignment());
    }

    /** Reads on. */
    void resume() {
        consumer.resume(consumer.assignment());
    }

    /** Marks a record as done; {@link #commit} makes it known to Kafka. */
    void done(ConsumerRecord<byte[], byte[]> record) {
        if (newsFrom.containsKey(partition(record))) {
            toCommit.put(partition(record), new OffsetAndMetadata(record.offset() + 1));
        }
    }

    /** Marks the history as done: the first start is over. */
    void historyDone() {
        newsFrom.forEach((partition, offset) -> toCommit.putIfAbsent(partition, new OffsetAndMetadata(offset)));
        isFirstStart = false;
    }

    /** Commits what is done. */
    void commit() {
        if (!toCommit.isEmpty()) {
            consumer.commitSync(toCommit);
            toCommit.clear();
        }
    }

    private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
