package dev.noether.flink.feedback;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.Feedback;
import dev.noether.schemas.FeedbackCodec;
import dev.noether.schemas.FeedbackVerdict;
import dev.noether.schemas.JudgedIncident;
import dev.noether.schemas.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic of the feedback of a detector. A record that is no feedback, or that belongs to another detector, is
 * skipped; the former is logged. Stateless; thread safe.
 */
public final class FeedbackTopic implements KnownFeedback {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(FeedbackTopic.class);
    private static final int DELIVERY_MILLIS = 10_000;

    private final DetectorConfig config;

    /** Creates the topic of a detector. */
    public FeedbackTopic(DetectorConfig config) {
        this.config = config;
    }

    /**
     * Returns the judgements that count now: the newest of each incident that is not withdrawn, in the order in which the
     * incidents were first judged. Each has its incident, with entity and times. Empty if the topic does not exist.
     *
     * @throws KafkaException if the broker does not answer
     */
    public List<Feedback> read() {
        Map<String, Feedback> newest = new LinkedHashMap<>();
        for (PlacedFeedback placed : records()) {
            newest.put(placed.feedback().incident(), placed.feedback());
        }
        return newest.values().stream().filter(FeedbackTopic::isInForce).toList();
    }

    private static boolean isInForce(Feedback feedback) {
        return feedback.verdict() == FeedbackVerdict.CONFIRMED || feedback.verdict() == FeedbackVerdict.DISMISSED;
    }

    /**
     * Returns all judgements with an incident, in the order of the topic. Empty if the topic does not exist, or if this
     * user may not read it; the log says the latter.
     *
     * @throws KafkaException if the broker does not answer
     */
    @Override
    public List<PlacedFeedback> records() {
        if (!TopicCheck.hasFeedback(config)) {
            return List.of();
        }
        FeedbackCodec codec = new FeedbackCodec();
        List<PlacedFeedback> records = new ArrayList<>();
        try {
            TopicReader.readAll(config, config.topics().feedback(), record -> {
                PlacedFeedback placed = decode(codec, record.offset(), record.value(), config.detector());
                if (placed != null) {
                    records.add(placed);
                }
            });
        } catch (AuthorizationException e) {
            LOG.warn("The feedback of detector {} does not count: {}", config.detector(), e.getMessage());
        }
        return records;
    }

    /** Returns the judgement of a record; null if it is none, or one of another detector. */
    static @Nullable PlacedFeedback decode(FeedbackCodec codec, long offset, byte @Nullable [] bytes, String detector) {
        if (bytes == null) {
            return null;
        }
        try {
            Feedback feedback = codec.decode(bytes);
            JudgedIncident judged = feedback.judged();
            return judged != null && judged.identity().detector().equals(detector)
                    ? new PlacedFeedback(offset, feedback)
                    : null;
        } catch (MalformedRecordException e) {
            LOG.warn(
                    "Offset {} of the feedback of {} is no feedback and is skipped: {}",
                    offset,
                    detector,
                    e.getMessage());
            return null;
        }
    }

    /**
     * Writes judgements, and waits until Kafka has them.
     *
     * @throws KafkaException if Kafka does not take one of them
     */
    public void write(List<Feedback> judgements) {
        FeedbackCodec codec = new FeedbackCodec();
        Properties properties = config.kafka().clientProperties();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_MILLIS);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        List<KafkaException> failures = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Feedback feedback : judgements) {
                byte[] key = feedback.incident().getBytes(StandardCharsets.UTF_8);
                producer.send(
                        new ProducerRecord<>(config.topics().feedback(), key, codec.encode(feedback)),
                        (metadata, failure) -> {
                            if (failure != null) {
                                failures.add(new KafkaException(failure.getMessage(), failure));
                            }
                        });
            }
            producer.flush();
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }
}
