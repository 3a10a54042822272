package dev.noether.flink.release;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.ModelsRecord;
import dev.noether.schemas.ModelsRecordCodec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads a detector's models topic again and again, each record once. Not thread safe. */
public final class ModelsTopicFollower implements AutoCloseable {
    private final DetectorConfig config;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ModelsRecordCodec codec = new ModelsRecordCodec();
    private List<TopicPartition> partitions = List.of();
    private ReleaseTopic.Collected collected;

    /** Makes a follower. Does not connect to Kafka yet. */
    public ModelsTopicFollower(DetectorConfig config) {
        this.config = config;
        this.consumer = TopicReader.consumer(config);
        this.collected = new ReleaseTopic.Collected(config.detector());
    }

    /**
     * Returns all that the topic says now.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
     */
    public ModelsTopicContent read() {
        if (partitions.isEmpty()) {
            startOver();
        }
        Map<TopicPartition, Long> end = new HashMap<>(consumer.endOffsets(partitions));
        if (end.entrySet().stream().anyMatch(one -> one.getValue() < consumer.position(one.getKey()))) {
            // The topic was deleted and created again.
            startOver();
            end = new HashMap<>(consumer.endOffsets(partitions));
        }
        for (ConsumerRecord<byte[], byte[]> record : TopicReader.until(consumer, end)) {
            ModelsRecord decoded = ReleaseTopic.decode(codec, record);
            if (decoded != null) {
                collected.add(record.key(), decoded);
            }
        }
        return collected.content();
    }

    private void startOver() {
        partitions = TopicReader.partitions(consumer, config.topics().models());
        collected = new ReleaseTopic.Collected(config.detector());
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
