package dev.noether.flink.emit;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.schemas.Incident;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.Score;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Makes the sinks of a detector.
 *
 * <p>Scores, incidents and rejected records are written in transactions that end with a checkpoint, unless the detector's
 * {@code exactlyOnce} is false. In a bounded job the last transaction ends with the job. The transactional ids come from
 * a pool of a few for each subtask that is used again and again; naming each transaction anew would leave thousands
 * behind in the broker's memory.
 */
public final class KafkaSinks {
    /** Between the broker's largest allowed time-out, 15 minutes, and the longest outage to get over. */
    private static final String TRANSACTION_TIMEOUT_MILLIS = "600000";

    private static final int MEBIBYTE = 1 << 20;
    private static final int SCORE_REQUEST_BYTES = 8 * MEBIBYTE;
    private static final int BUFFER_BYTES = 64 * MEBIBYTE;
    private static final int BATCH_BYTES = MEBIBYTE / 4;
    private static final int LINGER_MILLIS = 10;

    private final DetectorConfig config;

    public KafkaSinks(DetectorConfig config) {
        this.config = config;
    }

    /** The sink of scores. The key is the entity, the timestamp the event time. */
    public KafkaSink<Score> scores() {
        return withGuarantee(
                "scores", builder(new ScoreSerializationSchema(config.topics().scores()), SCORE_REQUEST_BYTES));
    }

    /** The sink of incidents. The key is the id, the timestamp the event time at which it was said. */
    public KafkaSink<Incident> incidents() {
        return withGuarantee(
                "incidents",
                builder(new IncidentSerializationSchema(config.topics().incidents()), SCORE_REQUEST_BYTES));
    }

    /** The sink of rejected records. */
    public KafkaSink<Rejected> rejected() {
        return withGuarantee(
                "rejected",
                builder(
                        new RejectedSerializationSchema(config.topics().rejected()),
                        RejectedSize.most(config) + MEBIBYTE));
    }

    /**
     * The sink of releases, at least once: an announcement that comes twice says the same thing twice, and it must be
     * seen at once rather than at a checkpoint.
     */
    public KafkaSink<ModelRelease> models() {
        return builder(new ModelReleaseSerializationSchema(config.topics().models()), SCORE_REQUEST_BYTES)
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .build();
    }

    private <T> KafkaSink<T> withGuarantee(String name, KafkaSinkBuilder<T> builder) {
        if (!config.exactlyOnce()) {
            return builder.setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE).build();
        }
        // Dots, which no detector's name holds, keep one detector's ids from being the beginning of another's.
        return builder.setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix("noether." + config.detector() + "." + name)
                .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
                .build();
    }

    private <T> KafkaSinkBuilder<T> builder(CodecSerializationSchema<T> schema, int requestBytes) {
        Properties properties = new Properties();
        properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, Integer.toString(LINGER_MILLIS));
        properties.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(BATCH_BYTES));
        properties.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.putAll(config.kafka().clientProperties());
        properties.setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
        properties.setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(requestBytes));
        properties.setProperty(
                ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(Math.max(BUFFER_BYTES, 2 * requestBytes)));
        return KafkaSink.<T>builder()
                .setKafkaProducerConfig(properties)
                .setBootstrapServers(config.kafka().bootstrapServers())
                .setRecordSerializer(schema);
    }
}
