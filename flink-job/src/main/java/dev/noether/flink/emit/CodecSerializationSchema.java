package dev.noether.flink.emit;

import dev.noether.schemas.output.OutputCodec;
import dev.noether.schemas.output.OutputFormat;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Converts records of one type of {@code dev.noether.schemas} to Kafka records. It exposes its topic, because Flink's
 * pooled transactional ids need it. Not thread safe.
 *
 * @param <T> type of the records
 */
abstract class CodecSerializationSchema<T> implements KafkaRecordSerializationSchema<T>, KafkaDatasetFacetProvider {
    private static final long serialVersionUID = 1L;

    private final String topic;
    private final OutputFormat format;
    private final WriteGate gate;
    private transient @Nullable OutputCodec<T> codec;

    CodecSerializationSchema(String topic, OutputFormat format, WriteGate gate) {
        this.topic = topic;
        this.format = format;
        this.gate = gate;
    }

    /** Waits for the gate: Flink opens the schema before the sink's first transaction. */
    @Override
    public final void open(SerializationSchema.InitializationContext context, KafkaSinkContext sink)
            throws InterruptedException {
        gate.await();
    }

    /** Creates the codec of the record's value, which writes in a format. */
    abstract OutputCodec<T> newCodec(OutputFormat format);

    /** Returns the key, or null for none. */
    abstract byte @Nullable [] key(T record);

    /** Returns the timestamp, milliseconds since 1970 UTC, or null for the time of writing. */
    abstract @Nullable Long timestamp(T record);

    @Override
    @SuppressWarnings("NullAway") // null means: no key, or the time of writing
    public final ProducerRecord<byte[], byte[]> serialize(
            T record, KafkaSinkContext context, @Nullable Long eventTime) {
        OutputCodec<T> current = codec;
        if (current == null) {
            current = newCodec(format);
            codec = current;
        }
        return new ProducerRecord<>(topic, null, timestamp(record), key(record), current.encode(record));
    }

    @Override
    public final Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
        return Optional.of(new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic))));
    }
}
