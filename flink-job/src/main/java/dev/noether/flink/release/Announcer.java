package dev.noether.flink.release;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.emit.KafkaSinks;
import dev.noether.flink.emit.RecordSizes;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelsRecord;
import dev.noether.schemas.ModelsRecordCodec;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.TrainingRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes the records of a detector's models topic. At most one announcer of a detector can write: opening one fences off
 * the one before. All records of a call become visible together, or none does.
 *
 * <p>With {@code exactlyOnce: false} it writes without transactions: then nothing is fenced off. Not thread safe.
 */
public final class Announcer implements AutoCloseable {
    private static final int MEBIBYTE = 1 << 20;
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final DetectorConfig config;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ModelsRecordCodec codec = new ModelsRecordCodec();

    private Announcer(DetectorConfig config) {
        this.config = config;
        this.producer = producer(config, config.exactlyOnce());
    }

    /**
     * Opens the announcer of a detector. From then on, one that was opened before can write nothing; what it has not
     * committed is aborted.
     *
     * @throws AnnouncementException if Kafka does not answer or allows no transactions
     */
    public static Announcer open(DetectorConfig config) throws AnnouncementException {
        Announcer announcer = new Announcer(config);
        try {
            if (config.exactlyOnce()) {
                announcer.producer.initTransactions();
            }
            return announcer;
        } catch (KafkaException e) {
            announcer.close();
            throw announcer.failure(e);
        }
    }

    /** Returns the transactional id of a detector's announcer. */
    public static String transactionalId(DetectorConfig config) {
        return KafkaSinks.transactionalIds(config) + "announcer";
    }

    /**
     * Writes a request for a training. Everybody may ask, so this fences off nobody.
     *
     * @throws AnnouncementException if Kafka does not take it
     */
    public static void ask(DetectorConfig config, TrainingRequest request) throws AnnouncementException {
        try (KafkaProducer<byte[], byte[]> producer = producer(config, false)) {
            await(producer.send(record(config, request, new ModelsRecordCodec())));
        } catch (KafkaException e) {
            throw new AnnouncementException(
                    "the topic " + config.topics().models() + " takes no request: " + e.getMessage(), e);
        }
    }

    /** Waits until Kafka has a record; in a transaction, the commit waits. */
    private static RecordMetadata await(Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(DetectorConfig config, boolean isTransactional) {
        Properties properties = config.kafka().clientProperties();
        properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
        properties.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.setProperty(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(RecordSizes.release(config) + MEBIBYTE));
        properties.setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis(DELIVERY_TIMEOUT));
        properties.setProperty(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(REQUEST_TIMEOUT));
        properties.setProperty(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(DELIVERY_TIMEOUT));
        properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, "0");
        if (isTransactional) {
            properties.setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
            properties.setProperty(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId(config));
            properties.setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, millis(TRANSACTION_TIMEOUT));
        }
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static String millis(Duration time) {
        return Long.toString(time.toMillis());
    }

    /**
     * Writes records; they become visible together, before this method returns.
     *
     * @throws FencedAnnouncerException if a later announcer was opened; this one is of no more use
     * @throws AnnouncementException if Kafka does not take them; this announcer is of no more use
     */
    public void announce(List<? extends ModelsRecord> records) throws AnnouncementException {
        requirePossibleTimes(records);
        try {
            awaitVisible(config.exactlyOnce() ? commit(records) : send(records));
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    /** Observations cannot reach such a time: the model would never score, and a wrong clock would be the reason. */
    private void requirePossibleTimes(List<? extends ModelsRecord> records) throws AnnouncementException {
        Duration most = config.entities()
                .times()
                .maxAhead()
                .plus(config.retraining().schedule().activationDelay());
        for (ModelsRecord record : records) {
            if (record instanceof ModelRelease release
                    && release.stage() == ReleaseStage.CHAMPION
                    && release.effectiveFrom() - System.currentTimeMillis() > most.toMillis()) {
                throw new AnnouncementException(
                        "model " + release.version() + " is not announced: it would score from event time "
                                + Instant.ofEpochMilli(release.effectiveFrom()) + " on, more than " + most
                                + " ahead of this machine's clock. Check the clocks of the entities and of this machine.",
                        null);
            }
        }
    }

    private List<RecordMetadata> commit(List<? extends ModelsRecord> records) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try {
            producer.beginTransaction();
            records.forEach(record -> sent.add(producer.send(record(config, record, codec))));
            producer.commitTransaction();
        } catch (KafkaException e) {
            abort(e);
            throw e;
        }
        return sent.stream().map(Announcer::await).toList();
    }

    private List<RecordMetadata> send(List<? extends ModelsRecord> records) {
        return records.stream()
                .map(record -> await(producer.send(record(config, record, codec))))
                .toList();
    }

    /** Kafka answers a commit before readers see the records. */
    private void awaitVisible(List<RecordMetadata> written) {
        String topic = config.topics().models();
        long deadline = System.nanoTime() + DELIVERY_TIMEOUT.toNanos();
        try (KafkaConsumer<byte[], byte[]> reader = TopicReader.consumer(config)) {
            Map<TopicPartition, Long> last = new HashMap<>();
            written.forEach(one -> last.merge(new TopicPartition(topic, one.partition()), one.offset(), Math::max));
            while (!isVisible(last, reader.endOffsets(last.keySet()))) {
                if (System.nanoTime() - deadline > 0) {
                    throw new TimeoutException("readers do not see the records yet, although they are committed");
                }
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static boolean isVisible(Map<TopicPartition, Long> last, Map<TopicPartition, Long> ends) {
        return last.entrySet().stream().allMatch(one -> ends.getOrDefault(one.getKey(), 0L) > one.getValue());
    }

    private static ProducerRecord<byte[], byte[]> record(
            DetectorConfig config, ModelsRecord record, ModelsRecordCodec codec) {
        if (!record.detector().equals(config.detector())) {
            throw new IllegalArgumentException(
                    "the record is of detector " + record.detector() + ", not of " + config.detector());
        }
        return new ProducerRecord<>(
                config.topics().models(),
                null,
                ModelsRecordCodec.time(record),
                ModelsRecordCodec.key(record),
                codec.encode(record));
    }

    /** An open transaction would keep readers waiting until it times out. */
    private void abort(KafkaException reason) {
        if (isFenced(reason)) {
            return;
        }
        try {
            producer.abortTransaction();
        } catch (KafkaException alsoFailed) {
            reason.addSuppressed(alsoFailed);
        }
    }

    private AnnouncementException failure(KafkaException e) {
        String topic = config.topics().models();
        return isFenced(e)
                ? new FencedAnnouncerException(
                        "nothing was written to the topic " + topic + ": another process announces models of detector "
                                + config.detector() + " now",
                        e)
                : new AnnouncementException(
                        "the topic " + topic + " cannot be written with the transactional id " + transactionalId(config)
                                + ": " + e.getMessage(),
                        e);
    }

    private static boolean isFenced(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
