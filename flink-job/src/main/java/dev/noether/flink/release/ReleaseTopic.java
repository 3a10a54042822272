package dev.noether.flink.release;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.wire.WireTypes;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelsRecord;
import dev.noether.schemas.ModelsRecordCodec;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.ShadowComparison;
import dev.noether.schemas.TrainingRequest;
import dev.noether.schemas.TrainingRun;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compacted topic of a detector's releases, decisions and trainings: the releases as an endless stream, and all as
 * its present content. A record of another kind is logged and skipped. Stateless; thread safe.
 */
public final class ReleaseTopic implements KnownReleases {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseTopic.class);

    /** The largest version of a model; a release with a larger one, or with one below 1, is skipped. */
    public static final long LARGEST_VERSION = 1L << 53;

    private final DetectorConfig config;

    /** Creates the topic of a detector. */
    public ReleaseTopic(DetectorConfig config) {
        this.config = config;
    }

    /** Returns the endless stream of releases, from the oldest in the topic. */
    public KafkaSource<ModelRelease> source() {
        return builder().build();
    }

    /** Returns the releases that the topic contains when the job starts, for a bounded job. */
    public KafkaSource<ModelRelease> bounded() {
        return builder()
                .setBounded(OffsetsInitializer.latest())
                .setProperty(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(), "false")
                .build();
    }

    /** Returns the consumer group of the scoring job, which shows how far it has read the topic. */
    public static String group(DetectorConfig config) {
        return "noether-" + config.detector() + "-models";
    }

    private KafkaSourceBuilder<ModelRelease> builder() {
        return KafkaSource.<ModelRelease>builder()
                .setProperties(config.kafka().jobProperties())
                .setBootstrapServers(config.kafka().bootstrapServers())
                .setTopics(config.topics().models())
                .setGroupId(group(config))
                .setClientIdPrefix(group(config))
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new Deserializer());
    }

    /** Returns the detector's releases in the topic, by version; the last announcement of a version counts. */
    @Override
    public List<ModelRelease> read() {
        return content().releases();
    }

    /** Returns all that the topic says of the detector. */
    public ModelsTopicContent content() {
        try (ModelsTopicFollower follower = new ModelsTopicFollower(config)) {
            return follower.read();
        }
    }

    /**
     * Returns what records of the topic say of a detector.
     *
     * @param records records in the order of the topic
     */
    public static ModelsTopicContent content(String detector, List<ModelsRecord> records) {
        Collected collected = new Collected(detector);
        records.forEach(record -> collected.add(null, record));
        return collected.content();
    }

    /** The newest record of each kind and key. */
    static final class Collected {
        private final String detector;
        private final Map<Long, ModelRelease> byVersion = new TreeMap<>();
        private final Map<ByteBuffer, PromotionDecision> decisions = new LinkedHashMap<>();
        private final Map<Long, ShadowComparison> shadows = new TreeMap<>();
        private @Nullable TrainingRun training;
        private @Nullable TrainingRequest request;

        Collected(String detector) {
            this.detector = detector;
        }

        void add(byte @Nullable [] key, ModelsRecord record) {
            if (!record.detector().equals(detector)) {
                return;
            }
            if (record instanceof ModelRelease release) {
                byVersion.put(release.version(), release);
            } else if (record instanceof PromotionDecision decision) {
                ByteBuffer place = ByteBuffer.wrap(key == null ? ModelsRecordCodec.key(decision) : key);
                decisions.remove(place);
                decisions.put(place, decision);
            } else if (record instanceof ShadowComparison shadow) {
                shadows.put(shadow.model().version(), shadow);
            } else if (record instanceof TrainingRun run) {
                training = run;
            } else if (record instanceof TrainingRequest asked) {
                request = asked;
            }
        }

        ModelsTopicContent content() {
            return new ModelsTopicContent(
                    List.copyOf(byVersion.values()),
                    List.copyOf(decisions.values()),
                    List.copyOf(shadows.values()),
                    training,
                    request);
        }
    }

    /** Reads a record; null, with a line in the log, if it is none of the topic. */
    static @Nullable ModelsRecord decode(ModelsRecordCodec codec, ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return null;
        }
        try {
            ModelsRecord decoded = codec.decode(record.value());
            if (!(decoded instanceof ModelRelease release)
                    || release.version() >= 1 && release.version() <= LARGEST_VERSION) {
                return decoded;
            }
            skip(record, "its version is " + release.version() + ", expected 1 to " + LARGEST_VERSION);
        } catch (MalformedRecordException e) {
            skip(record, String.valueOf(e.getMessage()));
        }
        return null;
    }

    private static void skip(ConsumerRecord<byte[], byte[]> record, String reason) {
        LOG.warn(
                "{} partition {} offset {} is not a model release and is skipped: {}",
                record.topic(),
                record.partition(),
                record.offset(),
                reason);
    }

    private static final class Deserializer implements KafkaRecordDeserializationSchema<ModelRelease> {
        private static final long serialVersionUID = 1L;

        private transient @Nullable ModelsRecordCodec codec;

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ModelRelease> out) {
            if (codec == null) {
                codec = new ModelsRecordCodec();
            }
            if (decode(codec, record) instanceof ModelRelease release) {
                out.collect(release);
            }
        }

        @Override
        public TypeInformation<ModelRelease> getProducedType() {
            return WireTypes.MODEL_RELEASE;
        }
    }
}
