package dev.noether.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.KafkaSection;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.renewal.ModelTrainer;
import dev.noether.flink.renewal.TrainingOnDemand;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.source.registry.TestingRegistry;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.RejectedCodec;
import dev.noether.schemas.RejectionReason;
import dev.noether.schemas.Score;
import dev.noether.schemas.UnscoredReason;
import dev.noether.testing.RandomizedTest;
import dev.noether.testing.TestingKafka;
import dev.noether.testing.TestingKafka.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Both jobs on topics whose records are not Noether's own, with a real broker. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SourcesIT extends RandomizedTest {
    private static final InMemoryReporter REPORTER = InMemoryReporter.create();

    @RegisterExtension
    private static final MiniClusterExtension FLINK =
            new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                    .setNumberTaskManagers(1)
                    .setNumberSlotsPerTaskManager(2)
                    .setConfiguration(REPORTER.addToConfiguration(new Configuration()))
                    .build());

    private static final long START = 1_700_000_000_000L;
    private static final int HOSTS = 4;
    private static final int HISTORY = 600;
    private static final int LIVE = 200;

    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    /** Tombstones and damaged records are in the topic too. */
    @Test
    void aModelIsTrainedOnAJsonTopicAndScoresIt(RandomGenerator random) throws Exception {
        DetectorConfig config = config("json", """
                source:
                  format: json
                  entity: [host, labels.zone]
                  time: {path: ts, unit: s}
                  features: {cpu: system.cpu}
                """);
        send(config, true, json(0, HISTORY, random));
        send(config, true, List.of(new byte[0], "{\"host\": \"a\"".getBytes(StandardCharsets.UTF_8)));
        ModelTrainer trainer = (asked, known) -> RetrainingJob.train(
                StreamExecutionEnvironment.getExecutionEnvironment(JobSettings.bounded()), config, asked, known);
        ModelRelease model = new TrainingOnDemand(config, trainer, message -> {})
                .run(HistoryRange.all())
                .release();
        assertThat(model.provenance()).containsEntry("data.rowsSeen", String.valueOf(HISTORY));

        TestingScoring job = TestingScoring.start(broker, REPORTER, config, null);
        job.awaitModel(1);
        send(config, true, json(HISTORY, HISTORY + LIVE, random));
        job.awaitScores(HISTORY + LIVE);
        job.awaitRejected(2);
        job.stopWithSavepoint(directory);

        Map<Place, Score> scores = TestingScoring.scores(broker, config);
        assertThat(scores).hasSize(HISTORY + LIVE);
        assertThat(scores.values())
                .allSatisfy(score -> assertThat(score.entity()).matches("host-\\d/eu"));
        assertThat(scores.values())
                .filteredOn(score -> score.eventTime() >= START + HISTORY * 1000L)
                .hasSize(LIVE)
                .allSatisfy(score -> assertThat(score.modelVersion()).isEqualTo(1));
        assertThat(reasons(config)).containsExactlyInAnyOrder(RejectionReason.EMPTY, RejectionReason.MALFORMED);
    }

    /** The registry is down, then knows one schema, then a second one, while the job runs. The records have no key. */
    @Test
    void recordsWaitForTheRegistryAndSchemasEvolve(RandomGenerator random) throws Exception {
        Schema first = SchemaBuilder.record("Metric")
                .fields()
                .requiredString("host")
                .requiredLong("ts")
                .requiredDouble("cpu")
                .requiredDouble("memory")
                .endRecord();
        Schema second = SchemaBuilder.record("Metric")
                .fields()
                .requiredString("rack")
                .requiredLong("memory")
                .requiredString("host")
                .requiredLong("ts")
                .requiredFloat("cpu")
                .endRecord();
        try (TestingRegistry registry = new TestingRegistry()) {
            registry.put(1, first);
            registry.fail(503);
            DetectorConfig config = config("registry", """
                    source: {format: confluent-avro, entity: host, time: ts}
                    registry: {url: '%s'}
                    """.formatted(registry.url()));
            send(config, false, avro(1, first, 0, 100, random));
            TestingScoring job = TestingScoring.start(broker, REPORTER, config, null);
            job.awaitGauge("sourceWaiting", 1);
            assertThat(TestingScoring.scores(broker, config)).isEmpty();
            registry.fail(0);
            job.awaitGauge("sourceWaiting", 0);
            job.awaitScores(100);

            registry.put(2, second);
            send(config, false, avro(2, second, 100, 150, random));
            send(config, false, avro(99, first, 150, 151, random));
            send(config, false, avro(1, first, 151, 201, random));
            job.awaitScores(200);
            job.awaitRejected(1);
            assertThat(job.restarts()).isZero();
            job.stopWithSavepoint(directory);

            assertThat(TestingScoring.scores(broker, config).values())
                    .hasSize(200)
                    .allSatisfy(score -> assertThat(score.unscoredReason()).isEqualTo(UnscoredReason.COLD_START));
            assertThat(reasons(config)).containsExactly(RejectionReason.UNKNOWN_SCHEMA);
        }
    }

    /** Each entity goes on in another partition; its records there are read from the first one on. */
    @Test
    void newPartitionsAreReadWhileTheJobRuns(RandomGenerator random) throws Exception {
        DetectorConfig config =
                config("growing", """
                source:
                  format: json
                  entity: [host, labels.zone]
                  time: {path: ts, unit: s}
                  features: {cpu: system.cpu}
                """).with(KafkaSection.PROPERTIES, Map.of("partition.discovery.interval.ms", "300"));
        String topic = config.topics().observations();
        send(config, true, json(0, 50, random));
        TestingScoring job = TestingScoring.start(broker, REPORTER, config, null);
        job.awaitScores(50);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(4)))
                    .all()
                    .get();
        }
        List<ProducerRecord<byte[], byte[]>> moved = new ArrayList<>();
        json(50, 100, random).forEach(value -> moved.add(new ProducerRecord<>(topic, 3, null, value)));
        TestingKafka.send(broker.bootstrapServers(), moved);
        job.awaitScores(100);
        job.stopWithSavepoint(directory);
        assertThat(TestingScoring.scores(broker, config)).hasSize(100);
        assertThat(TestingScoring.scores(broker, config).keySet())
                .filteredOn(place -> place.partition() == 3)
                .hasSize(50);
    }

    private static DetectorConfig config(String detector, String source) {
        DetectorConfig config = DetectorConfig.parse(
                """
                detector: %s
                features: [cpu, memory]
                kafka: {bootstrapServers: '%s'}
                topics: {observations: metrics-of-%s}
                window: {rows: 2}
                model: {codeSize: 1, hiddenWidths: [4], forecastRows: 0, engine: openblas, store: '%s'}
                retraining: {minRows: 200, epochs: 2, gateFraction: 0.0}
                alarms: {budget: 1 per entity per PT100S}
                checkpoints: {interval: PT0.2S, directory: '%s'}
                %s""".formatted(
                                detector,
                                broker.bootstrapServers(),
                                detector,
                                directory.resolve("models").toUri(),
                                directory.resolve("checkpoints").toUri(),
                                source),
                "test");
        TopicSetup.create(config, 2, (short) 1);
        return config;
    }

    private static List<byte[]> json(int from, int to, RandomGenerator random) {
        List<byte[]> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            double load = random.nextGaussian();
            records.add(String.format(
                            Locale.ROOT,
                            "{\"ts\": %.3f, \"host\": \"host-%d\", \"labels\": {\"zone\": \"eu\"}, \"system\": {\"cpu\":"
                                    + " \"%f\"}, \"memory\": %f}",
                            (START + i * 1000L) / 1000.0,
                            i % HOSTS,
                            load,
                            2 * load)
                    .getBytes(StandardCharsets.UTF_8));
        }
        return records;
    }

    private static List<byte[]> avro(int id, Schema schema, int from, int to, RandomGenerator random)
            throws IOException {
        List<byte[]> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            GenericRecordBuilder builder = new GenericRecordBuilder(schema)
                    .set("host", "host-" + i % HOSTS)
                    .set("ts", START + i * 1000L);
            double load = random.nextGaussian();
            boolean isFirst = schema.getField("rack") == null;
            GenericRecord record = isFirst
                    ? builder.set("cpu", load).set("memory", load).build()
                    : builder.set("cpu", (float) load)
                            .set("memory", (long) i)
                            .set("rack", "r1")
                            .build();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
            encoder.flush();
            records.add(out.toByteArray());
        }
        return records;
    }

    private static void send(DetectorConfig config, boolean isKeyed, List<byte[]> values) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "compression.type", "zstd", "linger.ms", 20),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < values.size(); i++) {
                byte[] key = isKeyed ? new byte[] {(byte) (i % HOSTS)} : null;
                byte[] value = values.get(i).length == 0 ? null : values.get(i);
                producer.send(new ProducerRecord<>(config.topics().observations(), key, value));
            }
        }
    }

    private static List<RejectionReason> reasons(DetectorConfig config) throws Exception {
        List<RejectionReason> reasons = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record :
                TestingKafka.readAll(broker.bootstrapServers(), config.topics().rejected())) {
            reasons.add(new RejectedCodec().decode(record.value()).reason());
        }
        return reasons;
    }
}
