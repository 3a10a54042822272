package dev.noether.cli.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noether.flink.config.KafkaConfig;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.Features;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends observations to Kafka with positional features. The key of a record is the entity, its timestamp the event
 * time. One thread may send; {@link #deliveredCount} is thread-safe.
 */
public final class ObservationPublisher implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final long fingerprint;
    private final ObservationCodec codec = new ObservationCodec();
    private final AtomicLong deliveredCount = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /** A listener for the partition and the offset of a delivered record. */
    @FunctionalInterface
    public interface DeliveryListener {
        /** A listener that does nothing. */
        DeliveryListener NONE = (partition, offset) -> {};

        /** Handles the acknowledgement of a record. Kafka's sender thread calls it. */
        void handleDelivery(int partition, long offset);
    }

    /**
     * Makes a publisher; it connects to Kafka with the first observation.
     *
     * @param kafka address and client properties
     * @param topic topic of the observations
     * @param features feature schema whose fingerprint is part of each observation
     */
    public ObservationPublisher(KafkaConfig kafka, String topic, FeatureSchema features) {
        Properties properties = kafka.clientProperties();
        properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
        properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, "5");
        properties.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(256 * 1024));
        properties.setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, "10000");
        properties.setProperty(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "30000");
        properties.setProperty(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        this.topic = topic;
        this.fingerprint = features.fingerprint();
    }

    /**
     * Sends one observation without waiting for its delivery.
     *
     * @param entity name of the entity
     * @param eventTime milliseconds since 1970 UTC
     * @param values {@code [features]}; NaN is a missing value
     * @param listener listener for the delivery
     * @throws PublishingException if an earlier observation could not be delivered
     */
    public void send(String entity, long eventTime, float[] values, DeliveryListener listener) {
        throwFailure();
        byte[] value = codec.encode(new Observation(entity, eventTime, new Features.Positional(fingerprint, values)));
        producer.send(
                new ProducerRecord<>(topic, null, eventTime, entity.getBytes(UTF_8), value), (metadata, exception) -> {
                    if (exception == null) {
                        listener.handleDelivery(metadata.partition(), metadata.offset());
                        deliveredCount.incrementAndGet();
                    } else {
                        failure.compareAndSet(null, exception);
                    }
                });
    }

    /**
     * Waits until all observations are delivered.
     *
     * @throws PublishingException if one could not be delivered
     */
    public void flush() {
        producer.flush();
        throwFailure();
    }

    /** The number of delivered observations. */
    public long deliveredCount() {
        return deliveredCount.get();
    }

    @Override
    public void close() {
        producer.close(CLOSE_LIMIT);
    }

    private void throwFailure() {
        Exception cause = failure.get();
        if (cause != null) {
            throw new PublishingException(
                    "Kafka does not accept observations for the topic " + topic + ": " + cause.getMessage(), cause);
        }
    }
}
