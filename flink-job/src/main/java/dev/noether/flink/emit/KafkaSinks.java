package dev.noether.flink.emit;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.schemas.Incident;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.Score;
import dev.noether.schemas.output.OutputFormat;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The Kafka sinks of a detector. Immutable.
 *
 * <p>Scores, incidents and rejected records are written in transactions that end with a checkpoint, unless {@code
 * exactlyOnce} is false. In a bounded job the last transaction ends with the job. The transactional ids come from a
 * small pool for each subtask: a new id for each transaction would leave thousands of them in the broker's memory.
 */
public final class KafkaSinks {
    private static final int MEBIBYTE = 1 << 20;
    private static final int LEAST_REQUEST_BYTES = 8 * MEBIBYTE;
    private static final int BUFFER_BYTES = 64 * MEBIBYTE;
    private static final int BATCH_BYTES = MEBIBYTE / 4;
    private static final int LINGER_MILLIS = 10;

    private final DetectorConfig config;
    private final WriteGate gate;
    private final LostTransactionHandler lost;
    private final String transactionalIds;

    /** Creates sinks that write at once, and log a transaction that cannot be committed. */
    public KafkaSinks(DetectorConfig config) {
        this(config, WriteGate.OPEN, LostTransactionHandler.LOGGING);
    }

    /**
     * Creates sinks.
     *
     * @param config configuration of the detector
     * @param gate decides when the sinks of scores, incidents and rejected records begin to write
     * @param lost called when a transaction cannot be committed any more
     */
    public KafkaSinks(DetectorConfig config, WriteGate gate, LostTransactionHandler lost) {
        this(config, gate, lost, transactionalIds(config));
    }

    private KafkaSinks(DetectorConfig config, WriteGate gate, LostTransactionHandler lost, String transactionalIds) {
        this.config = config;
        this.gate = gate;
        this.lost = lost;
        this.transactionalIds = transactionalIds;
    }

    /**
     * Creates the sinks of an import. Their transactions are not those of the scoring job, whose recovery ends its own.
     *
     * @param config configuration of the detector
     * @param gate decides when the sinks begin to write
     * @param lost called when a transaction cannot be committed any more
     */
    public static KafkaSinks ofImport(DetectorConfig config, WriteGate gate, LostTransactionHandler lost) {
        return new KafkaSinks(config, gate, lost, importIds(config));
    }

    /** Returns the sink of the observations that an import assembles. */
    public Sink<ObservationRow> observations() {
        return withGuarantee(
                "observations",
                builder(
                        new ObservationSerializationSchema(config.topics().observations(), config.features(), gate),
                        LEAST_REQUEST_BYTES));
    }

    /** Returns the sink of scores. */
    public Sink<Score> scores() {
        return withGuarantee(
                "scores",
                builder(
                        new ScoreSerializationSchema(config.topics().scores(), format(), gate),
                        atLeast(RecordSizes.score(config))));
    }

    /** Returns the sink of incidents. */
    public Sink<Incident> incidents() {
        return withGuarantee(
                "incidents",
                builder(
                        new IncidentSerializationSchema(config.topics().incidents(), format(), gate),
                        atLeast(RecordSizes.incident(config))));
    }

    /** Returns the sink of rejected records. */
    public Sink<Rejected> rejected() {
        return withGuarantee(
                "rejected",
                builder(
                        new RejectedSerializationSchema(
                                config.topics().rejected(),
                                format(),
                                config.output().rejectedMaxBytes(),
                                gate),
                        RecordSizes.rejected(config) + MEBIBYTE));
    }

    private OutputFormat format() {
        return config.output().format();
    }

    /** A request must hold the largest record; a larger one holds several. */
    private static int atLeast(int recordBytes) {
        return Math.max(LEAST_REQUEST_BYTES, recordBytes + MEBIBYTE);
    }

    private <T> Sink<T> withGuarantee(String name, KafkaSinkBuilder<T> builder) {
        if (!config.exactlyOnce()) {
            return builder.setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE).build();
        }
        // A detector's name contains no dot, so the ids of one detector are never a prefix of another's.
        KafkaSink<T> sink = builder.setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(transactionalIds + name)
                .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
                .build();
        return new TransactionalSink<>(sink, name, lost);
    }

    /** Returns the text with which all transactional ids of a detector begin. */
    public static String transactionalIds(DetectorConfig config) {
        return "noether." + config.detector() + ".";
    }

    /** Returns the text with which all transactional ids of a detector's import begin. */
    public static String importIds(DetectorConfig config) {
        return "noether-import." + config.detector() + ".";
    }

    private <T> KafkaSinkBuilder<T> builder(KafkaRecordSerializationSchema<T> schema, int requestBytes) {
        Properties properties = new Properties();
        properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, Integer.toString(LINGER_MILLIS));
        properties.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(BATCH_BYTES));
        properties.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.putAll(config.kafka().jobProperties());
        properties.setProperty(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Long.toString(config.checkpoints().transactionTimeout().toMillis()));
        properties.setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(requestBytes));
        properties.setProperty(
                ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(Math.max(BUFFER_BYTES, 2 * requestBytes)));
        return KafkaSink.<T>builder()
                .setKafkaProducerConfig(properties)
                .setBootstrapServers(config.kafka().bootstrapServers())
                .setRecordSerializer(schema);
    }
}
