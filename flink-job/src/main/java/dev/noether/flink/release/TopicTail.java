package dev.noether.flink.release;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** A look at the newest observations of a detector. Stateless; thread safe. */
public final class TopicTail {
    /** Records looked at in each partition: the last ones may be transaction markers or damaged. */
    private static final int LOOKED_AT = 32;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private TopicTail() {}

    /** The newest event time among the last records of each partition; empty where the topic holds no observation. */
    public static OptionalLong newestEventTime(DetectorConfig config) {
        try (KafkaConsumer<byte[], byte[]> consumer = TopicReader.consumer(config)) {
            List<TopicPartition> partitions =
                    TopicReader.partitions(consumer, config.topics().observations());
            Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, PATIENCE);
            Map<TopicPartition, Long> end = new HashMap<>(consumer.endOffsets(partitions, PATIENCE));
            consumer.assign(partitions);
            for (TopicPartition partition : partitions) {
                long from = Math.max(first.getOrDefault(partition, 0L), end.getOrDefault(partition, 0L) - LOOKED_AT);
                consumer.seek(partition, from);
            }
            ObservationCodec codec = new ObservationCodec();
            long newest = Long.MIN_VALUE;
            for (ConsumerRecord<byte[], byte[]> record : TopicReader.until(consumer, end)) {
                newest = Math.max(newest, eventTime(codec, record.value()));
            }
            return newest == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(newest);
        }
    }

    private static long eventTime(ObservationCodec codec, byte[] value) {
        if (value == null) {
            return Long.MIN_VALUE;
        }
        try {
            Observation observation = codec.decode(value);
            return observation.eventTime();
        } catch (MalformedRecordException e) {
            // The scoring job rejects it, with its reason.
            return Long.MIN_VALUE;
        }
    }
}
