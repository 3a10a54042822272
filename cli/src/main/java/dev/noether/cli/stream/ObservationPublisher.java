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
 * Sends observations, positional, with the entity as the key and the event time as the record's timestamp. One thread sends;
 * the counters may be read by others.
 */
public final class ObservationPublisher implements AutoCloseable {
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final long fingerprint;
    private final ObservationCodec codec = new ObservationCodec();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /** Is told where a record went, on Kafka's thread. */
    @FunctionalInterface
    public interface Delivery {
        /** Nobody wants to know. */
        Delivery IGNORED = (partition, offset) -> {};

        /** The record was acknowledged. */
        void delivered(int partition, long offset);
    }

    /**
     * Makes a publisher; does not yet talk to Kafka.
     *
     * @param kafka how to reach it
     * @param topic where the observations go
     * @param features whose fingerprint goes with them
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
     * Sends one observation; returns before it has arrived.
     *
     * @throws PublishingException if an earlier one could not be delivered
     */
    public void send(String entity, long eventTime, float[] values, Delivery delivery) {
        throwFailure();
        byte[] value = codec.encode(new Observation(entity, eventTime, new Features.Positional(fingerprint, values)));
        producer.send(
                new ProducerRecord<>(topic, null, eventTime, entity.getBytes(UTF_8), value), (metadata, exception) -> {
                    if (exception == null) {
                        delivery.delivered(metadata.partition(), metadata.offset());
                        delivered.incrementAndGet();
                    } else {
                        failure.compareAndSet(null, exception);
                    }
                });
    }

    /** Waits until all that was sent has arrived. */
    public void flush() {
        producer.flush();
        throwFailure();
    }

    /** How many have arrived. */
    public long delivered() {
        return delivered.get();
    }

    @Override
    public void close() {
        producer.close(CLOSING);
    }

    private void throwFailure() {
        Exception found = failure.get();
        if (found != null) {
            throw new PublishingException(
                    "the observations do not arrive in " + topic + ": " + found.getMessage(), found);
        }
    }
}
