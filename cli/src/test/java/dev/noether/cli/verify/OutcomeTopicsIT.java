package dev.noether.cli.verify;

import static dev.noether.cli.TestingOutcomes.incident;
import static dev.noether.cli.TestingOutcomes.rejected;
import static dev.noether.cli.TestingOutcomes.scored;
import static dev.noether.cli.TestingOutcomes.unscored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentCodec;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectedCodec;
import dev.noether.schemas.Score;
import dev.noether.schemas.ScoreCodec;
import dev.noether.schemas.Verdict;
import dev.noether.testing.Patience;
import dev.noether.testing.TestingKafka;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Hand-made topics in a real broker. Each test has topics of its own, named after the detector. */
class OutcomeTopicsIT {
    private static final int PARTITIONS = 2;

    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;

    private DetectorConfig config;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void createTopics(TestInfo test) {
        String detector = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        config = DetectorConfig.withDefaults(detector, new FeatureSchema(List.of("x")))
                .withBootstrap(broker.bootstrapServers());
        TopicSetup.create(config, PARTITIONS, (short) 1);
    }

    @Test
    void completeOutcomes() throws Exception {
        sendObservations(3, 2);
        sendScores(
                unscored(0, 0),
                scored(0, 1, 1, Verdict.NORMAL),
                scored(0, 2, 2, Verdict.ANOMALOUS),
                scored(1, 1, 2, Verdict.NORMAL));
        sendRejected(rejected(1, 0));
        List<Score> scores = new ArrayList<>();

        OutcomeAudit.Result result = OutcomeAudit.run(config, scores::add);

        assertThat(result)
                .isEqualTo(
                        new OutcomeAudit.Result(5, 4, 1, Map.of("COLD_START", 1L), 1, 0, 0, 0, Map.of(1L, 1L, 2L, 2L)));
        assertThat(scores).hasSize(4);
        assertThat(OutcomeAudit.observations(config)).isEqualTo(5);
    }

    @Test
    void missingDuplicateAndForeignOutcomes() throws Exception {
        sendObservations(4, 1);
        sendScores(
                scored(0, 0, 1, Verdict.NORMAL),
                scored(0, 0, 1, Verdict.NORMAL),
                scored(0, 1, 1, Verdict.NORMAL),
                scored(0, 7, 1, Verdict.NORMAL),
                scored(1, 0, 1, Verdict.NORMAL));
        sendRejected(rejected(0, 1), rejected(9, 0));

        OutcomeAudit.Result result = OutcomeAudit.run(config, score -> {});

        assertThat(result.missing()).as("offsets 2 and 3 of partition 0").isEqualTo(2);
        assertThat(result.duplicated()).as("offsets 0 and 1 of partition 0").isEqualTo(2);
        assertThat(result.unexpected()).as("offset 7, partition 9").isEqualTo(2);
    }

    @Test
    void scoresOfAnAbortedTransactionAreMissing() throws Exception {
        sendObservations(2, 0);
        sendScores(unscored(0, 0));
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "aborted");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record(config.topics().scores(), 0, new ScoreCodec().encode(unscored(0, 1))))
                    .get();
            producer.abortTransaction();
        }

        OutcomeAudit.Result result = OutcomeAudit.run(config, score -> {});

        assertThat(result.scores()).isEqualTo(1);
        assertThat(result.missing()).isEqualTo(1);
    }

    @Test
    void anUnreadableScoreIsNamed() throws Exception {
        send(config.topics().scores(), 1, List.of(new byte[] {1, 2, 3}));

        assertThatThrownBy(() -> OutcomeAudit.run(config, score -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(config.topics().scores() + " partition 1 offset 0 cannot be read: ");
    }

    @Test
    void theLatestRecordOfEachIncidentCounts() throws Exception {
        sendIncidents(
                incident("i1", "web-1", IncidentKind.ANOMALY, 0, 10),
                incident("i2", "web-2", IncidentKind.SILENCE, 5, 10),
                incident("i1", "web-1", IncidentKind.ANOMALY, 0, 30));

        List<Incident> incidents = IncidentTopic.latestStates(config);

        assertThat(incidents).extracting(Incident::id).containsExactly("i1", "i2");
        assertThat(incidents).extracting(Incident::end).containsExactly(30L, 10L);
    }

    @Test
    void anUnreadableIncidentIsNamed() throws Exception {
        send(config.topics().incidents(), 0, List.of(new byte[] {1}));

        assertThatThrownBy(() -> IncidentTopic.latestStates(config))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(config.topics().incidents() + " partition 0 offset 0 cannot be read: ");
    }

    @Test
    void theMonitorCountsOutcomesAndMeasuresDeliveredRows() throws Exception {
        DeliveryLog deliveries = new DeliveryLog();
        long sent = System.nanoTime();
        deliveries.add(0, 1, 0, sent);
        deliveries.add(0, 2, 1, sent);
        try (OutcomeMonitor monitor = OutcomeMonitor.start(config, deliveries)) {
            assertThat(monitor.latencyMillis(0.5)).isNaN();
            assertThat(monitor.firstScoreNanos()).isZero();
            sendScores(unscored(0, 0), scored(0, 1, 1, Verdict.NORMAL), scored(0, 2, 1, Verdict.NORMAL));
            sendRejected(rejected(1, 0));

            Patience.await("four outcomes", () -> monitor.outcomes() == 4, monitor::outcomes);

            assertThat(monitor.deliveredRows()).isEqualTo(2);
            assertThat(monitor.latencyMillis(0)).isPositive();
            assertThat(monitor.firstScoreNanos()).isBetween(sent, monitor.lastDeliveryNanos());
            assertThat(monitor.failure()).isNull();
        }
    }

    @Test
    void anUnreadableScoreEndsTheMonitor() throws Exception {
        try (OutcomeMonitor monitor = OutcomeMonitor.start(config, new DeliveryLog())) {
            send(config.topics().scores(), 0, List.of(new byte[] {1, 2, 3}));

            Patience.await("a failure", () -> monitor.failure() != null, monitor::outcomes);

            assertThat(monitor.outcomes()).isZero();
        }
    }

    private void sendObservations(int... perPartition) throws Exception {
        for (int partition = 0; partition < perPartition.length; partition++) {
            List<byte[]> values = new ArrayList<>();
            for (int i = 0; i < perPartition[partition]; i++) {
                values.add(new byte[] {0});
            }
            send(config.topics().observations(), partition, values);
        }
    }

    private void sendScores(Score... scores) throws Exception {
        ScoreCodec codec = new ScoreCodec();
        send(
                config.topics().scores(),
                0,
                List.of(scores).stream().map(codec::encode).toList());
    }

    private void sendRejected(Rejected... records) throws Exception {
        RejectedCodec codec = new RejectedCodec();
        send(
                config.topics().rejected(),
                0,
                List.of(records).stream().map(codec::encode).toList());
    }

    private void sendIncidents(Incident... incidents) throws Exception {
        IncidentCodec codec = new IncidentCodec();
        send(
                config.topics().incidents(),
                0,
                List.of(incidents).stream().map(codec::encode).toList());
    }

    private static void send(String topic, int partition, List<byte[]> values) throws Exception {
        TestingKafka.send(
                broker.bootstrapServers(),
                values.stream().map(value -> record(topic, partition, value)).toList());
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, int partition, byte[] value) {
        return new ProducerRecord<>(topic, partition, null, value);
    }
}
