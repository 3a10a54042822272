package dev.noether.flink.notify;

import dev.noether.flink.config.DetectorConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The topic of the records that a receiver did not take. A record keeps its key and bytes; the headers
 * {@value #RECEIVER} and {@value #REASON} say who did not take it, and why. Used by one thread.
 */
final class Undelivered implements AutoCloseable {
    static final String RECEIVER = "noether.receiver";
    static final String REASON = "noether.reason";

    private static final int TIMEOUT_MILLIS = 30_000;

    private final DetectorConfig config;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    Undelivered(DetectorConfig config) {
        this.config = config;
    }

    /**
     * Writes a record and waits until Kafka has it.
     *
     * @throws KafkaException if Kafka does not take it
     * @throws InterruptedException if this thread is interrupted meanwhile
     */
    void write(byte @Nullable [] key, byte[] value, String receiver, String reason) throws InterruptedException {
        ProducerRecord<byte[], byte[]> copy =
                new ProducerRecord<>(config.topics().undelivered(), null, key, value);
        copy.headers().add(RECEIVER, receiver.getBytes(StandardCharsets.UTF_8));
        copy.headers().add(REASON, reason.getBytes(StandardCharsets.UTF_8));
        try {
            producer().send(copy).get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new KafkaException(
                    "the topic " + config.topics().undelivered() + " does not take the record: " + cause.getMessage()
                            + " (./noether topics create makes a missing topic)",
                    cause);
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        KafkaProducer<byte[], byte[]> current = producer;
        if (current == null) {
            Properties properties = config.kafka().clientProperties();
            properties.put(ProducerConfig.ACKS_CONFIG, "all");
            properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MILLIS);
            properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 3);
            properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
            properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
            current = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
            producer = current;
        }
        return current;
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(5));
        }
    }
}
