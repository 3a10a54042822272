package dev.noether.flink.emit;

import dev.noether.flink.wire.ObservationRow;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.Features;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import java.nio.charset.StandardCharsets;
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
 * Serialization of the observations of an import, in Noether's own encoding with the values in the order of the features.
 * The key is the entity, the timestamp the event time. Not thread safe.
 */
final class ObservationSerializationSchema
        implements KafkaRecordSerializationSchema<ObservationRow>, KafkaDatasetFacetProvider {
    private static final long serialVersionUID = 1L;

    private final String topic;
    private final long fingerprint;
    private final WriteGate gate;
    private transient @Nullable ObservationCodec codec;

    ObservationSerializationSchema(String topic, FeatureSchema features, WriteGate gate) {
        this.topic = topic;
        this.fingerprint = features.fingerprint();
        this.gate = gate;
    }

    /** The values of an own record are floats. */
    private static float[] floats(double[] values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }

    /** Waits for the gate: Flink opens the schema before the sink's first transaction. */
    @Override
    public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sink)
            throws InterruptedException {
        gate.await();
    }

    @Override
    @SuppressWarnings("NullAway") // null means: the partition follows from the key
    public ProducerRecord<byte[], byte[]> serialize(
            ObservationRow row, KafkaSinkContext context, @Nullable Long eventTime) {
        ObservationCodec current = codec;
        if (current == null) {
            current = new ObservationCodec();
            codec = current;
        }
        byte[] value = current.encode(new Observation(
                row.entity(), row.eventTime(), new Features.Positional(fingerprint, floats(row.values()))));
        // Kafka refuses a negative timestamp.
        long timestamp = Math.max(0, row.eventTime());
        return new ProducerRecord<>(topic, null, timestamp, row.entity().getBytes(StandardCharsets.UTF_8), value);
    }

    @Override
    public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
        return Optional.of(new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic))));
    }
}
