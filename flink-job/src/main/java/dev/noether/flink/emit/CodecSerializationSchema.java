package dev.noether.flink.emit;

import dev.noether.schemas.RecordCodec;
import java.util.List;
import java.util.Optional;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes Kafka records of one kind of {@code dev.noether.schemas}. Names its topic, because pooled transactional ids ask
 * the sink for it.
 *
 * @param <T> the kind of record
 */
abstract class CodecSerializationSchema<T> implements KafkaRecordSerializationSchema<T>, KafkaDatasetFacetProvider {
    private static final long serialVersionUID = 1L;

    private final String topic;
    private transient @Nullable RecordCodec<T> codec;

    CodecSerializationSchema(String topic) {
        this.topic = topic;
    }

    abstract RecordCodec<T> newCodec();

    abstract byte @Nullable [] key(T record);

    /** Milliseconds since 1970 UTC, or null for the time of writing. */
    abstract @Nullable Long timestamp(T record);

    @Override
    @SuppressWarnings("NullAway") // Kafka's word for: no key, the time of writing
    public final ProducerRecord<byte[], byte[]> serialize(
            T record, KafkaSinkContext context, @Nullable Long eventTime) {
        RecordCodec<T> current = codec;
        if (current == null) {
            current = newCodec();
            codec = current;
        }
        return new ProducerRecord<>(topic, null, timestamp(record), key(record), current.encode(record));
    }

    @Override
    public final Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
        return Optional.of(new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic))));
    }
}
