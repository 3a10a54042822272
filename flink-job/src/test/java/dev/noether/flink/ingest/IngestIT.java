package dev.noether.flink.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.GeneralSection;
import dev.noether.flink.emit.KafkaSinks;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.flink.wire.WireTypes;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.Features;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectedCodec;
import dev.noether.schemas.Score;
import dev.noether.schemas.ScoreCodec;
import dev.noether.schemas.UnscoredReason;
import dev.noether.testing.RandomizedTest;
import dev.noether.testing.TestingKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Source, fork and sinks against a real broker: nothing good is lost or doubled, nothing bad stops the stream. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class IngestIT extends RandomizedTest {
    @RegisterExtension
    private static final MiniClusterExtension FLINK =
            new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                    .setNumberTaskManagers(2)
                    .setNumberSlotsPerTaskManager(2)
                    .build());

    private static final int RECORDS = 10_000;
    private static final int GARBAGE_EVERY = 10;
    private static final long START = 1_700_000_000_000L;
    private static final FeatureSchema FEATURES = new FeatureSchema(List.of("cpu", "memory", "disk"));

    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;

    private final Map<Position, Observation> good = new HashMap<>();
    private final Map<Position, Sent> bad = new HashMap<>();

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(directory, 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    /** The broker makes a committed transaction visible a moment after it has answered the commit. */
    private List<ConsumerRecord<byte[], byte[]>> written(DetectorConfig config) throws Exception {
        String topic = config.topics().scores();
        List<ConsumerRecord<byte[], byte[]>> records = TestingKafka.readAll(broker.bootstrapServers(), topic);
        for (int attempt = 0; attempt < 50 && records.size() < good.size(); attempt++) {
            Thread.sleep(200);
            records = TestingKafka.readAll(broker.bootstrapServers(), topic);
        }
        return records;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyGoodRecordComesOutOnceAndEveryBadOneIsRejected(boolean exactlyOnce, RandomGenerator random)
            throws Exception {
        DetectorConfig config = DetectorConfig.withDefaults(exactlyOnce ? "once" : "at-least-once", FEATURES)
                .withBootstrap(broker.bootstrapServers())
                .with(GeneralSection.PARALLELISM, 2)
                .with(GeneralSection.EXACTLY_ONCE, exactlyOnce);
        assertThat(TopicSetup.create(config, 3, (short) 1)).hasSize(7);
        TopicCheck.forScoring(config);
        send(config, random);

        run(config);

        Map<Position, Score> scores = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : written(config)) {
            Score score = new ScoreCodec().decode(record.value());
            assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(score.entity());
            assertThat(record.timestamp()).isEqualTo(score.eventTime());
            assertThat(scores.put(new Position(score.sourcePartition(), score.sourceOffset()), score))
                    .isNull();
        }
        assertThat(scores).containsOnlyKeys(good.keySet());
        scores.forEach((position, score) -> {
            assertThat(score.entity()).isEqualTo(good.get(position).entity());
            assertThat(score.eventTime()).isEqualTo(good.get(position).eventTime());
            assertThat(score.threshold()).isNaN();
        });
        assertThat(rejected(config)).containsOnlyKeys(bad.keySet());
    }

    private Map<Position, Rejected> rejected(DetectorConfig config) throws Exception {
        Map<Position, Rejected> rejections = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                TestingKafka.readAll(broker.bootstrapServers(), config.topics().rejected())) {
            Rejected rejected = new RejectedCodec().decode(record.value());
            Position position = new Position(rejected.partition(), rejected.offset());
            assertThat(rejections.put(position, rejected)).isNull();
            Sent sent = bad.get(position);
            assertThat(rejected.reason())
                    .as(sent.garbage().name())
                    .isEqualTo(sent.garbage().reason());
            assertThat(rejected.value()).isEqualTo(sent.bytes());
            assertThat(rejected.topic()).isEqualTo(config.topics().observations());
            assertThat(record.key()).isEqualTo(rejected.key());
        }
        return rejections;
    }

    private static void run(DetectorConfig config) throws Exception {
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        environment.enableCheckpointing(200);
        Ingest ingest = Ingest.define(environment, IngestSource.bounded(config, new StartingPoint.Earliest()), config);
        KafkaSinks sinks = new KafkaSinks(config);
        ingest.rejected().sinkTo(sinks.rejected()).uid("rejected");
        String detector = config.detector();
        ingest.rows()
                .keyBy(ObservationRow::entity)
                .map(
                        row -> Score.unscored(
                                detector,
                                row.entity(),
                                row.eventTime(),
                                row.partition(),
                                row.offset(),
                                UnscoredReason.COLD_START),
                        WireTypes.SCORE)
                .sinkTo(sinks.scores())
                .uid("scores");
        environment.execute("ingest");
    }

    /** Remembers where each record came to lie. */
    private void send(DetectorConfig config, RandomGenerator random) throws Exception {
        ObservationCodec codec = new ObservationCodec();
        List<Sent> all = new ArrayList<>();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        Garbage[] kinds = Garbage.values();
        for (int i = 0; i < RECORDS; i++) {
            Observation observation = observation(i, random);
            Garbage garbage = i % GARBAGE_EVERY == 0 ? kinds[(i / GARBAGE_EVERY) % kinds.length] : null;
            byte[] bytes = garbage == null ? codec.encode(observation) : garbage.bytes(observation, random);
            byte[] key = observation.entity().getBytes(StandardCharsets.UTF_8);
            all.add(new Sent(garbage, observation, bytes));
            records.add(
                    new ProducerRecord<>(config.topics().observations(), null, observation.eventTime(), key, bytes));
        }
        List<TestingKafka.Place> places = TestingKafka.send(broker.bootstrapServers(), records);
        for (int i = 0; i < RECORDS; i++) {
            Position position =
                    new Position(places.get(i).partition(), places.get(i).offset());
            Sent sent = all.get(i);
            if (sent.garbage() == null) {
                good.put(position, sent.observation());
            } else {
                bad.put(position, sent);
            }
        }
        assertThat(bad).hasSize(RECORDS / GARBAGE_EVERY);
    }

    private static Observation observation(int i, RandomGenerator random) {
        float[] values = {random.nextFloat(), random.nextFloat(), random.nextFloat()};
        Features features = new Features.Positional(FEATURES.fingerprint(), values);
        return new Observation("host-" + i % 50, START + Duration.ofSeconds(i).toMillis(), features);
    }

    private record Position(int partition, long offset) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sent(Garbage garbage, Observation observation, byte[] bytes) {}
}
