package dev.noether.flink.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.embedded.Topic;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.wire.IngestResult;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Diagnosis;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentGroup;
import dev.noether.schemas.IncidentIdentity;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentPeak;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import dev.noether.schemas.Severity;
import dev.noether.schemas.output.OutputCodec;
import dev.noether.schemas.output.OutputFormat;
import dev.noether.testing.TestingKafka;
import dev.noether.testing.deployment.ProjectFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The programs of docs/examples with a real broker: records that other implementations of Kafka's protocol, Avro and JSON
 * have written, and readers of incidents in other languages.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ClientExamplesIT {
    private static final long FIRST = 1_700_000_000_000L;
    private static final String SCHEMA = "schemas/src/main/resources/dev/noether/schemas/v1/Observation.avsc";
    private static final String INCIDENTS = "hosts.incidents";

    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        broker.createTopics(Topic.plain(INCIDENTS, 1));
        writeIncidents();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @ParameterizedTest
    @CsvSource({
        "node/produce-observations.js, avro, 10000",
        "node/produce-observations.js, json, 10000",
        "python/produce_observations.py, avro, 300"
    })
    void observationsOfAnotherLanguageAreRead(String program, String format, int count) throws Exception {
        String topic = program.replaceFirst("/.*", "") + "-" + format;
        broker.createTopics(Topic.plain(topic, 2));
        String output = ForeignClients.run(
                program,
                folder,
                broker.bootstrapServers(),
                topic,
                format,
                String.valueOf(count),
                String.valueOf(FIRST));
        assertThat(output).contains(count + " observations sent; their header is c30105e04178ce4a4b77");
        String source = format.equals("json") ? "source: {format: json, entity: entity, time: time}\n" : "";
        assertRows(topic, source, count);
        if (format.equals("avro")) {
            assertRows(
                    topic,
                    "source: {format: avro, schema: '" + ProjectFiles.file(SCHEMA) + "', entity: entity,"
                            + " time: eventTime, features: {cpu: features.values.cpu,"
                            + " memory: features.values.memory}}\n",
                    count);
        }
    }

    @Test
    void observationsOfTheJavaExampleAreRead() throws Exception {
        broker.createTopics(Topic.plain("java-avro", 2));
        String output = ForeignClients.run(
                "java/ProduceObservations.java",
                folder,
                broker.bootstrapServers(),
                "java-avro",
                ProjectFiles.file(SCHEMA).toString(),
                "300",
                String.valueOf(FIRST));
        assertThat(output).contains("300 observations sent; their header is c30105e04178ce4a4b77");
        assertRows("java-avro", "", 300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"node/consume-incidents.js", "python/consume_incidents.py", "java/ConsumeIncidents.java"})
    void incidentsAreReadByAnotherLanguage(String program) throws Exception {
        assertThat(ForeignClients.run(program, folder, broker.bootstrapServers(), INCIDENTS, "2"))
                .contains("2023-11-14T22:13:20.000Z OPENED HIGH host-7: cpu is 97 % — “too much”")
                .contains("2023-11-14T22:14:20.000Z RESOLVED HIGH host-7: cpu is 97 % — “too much”")
                .doesNotContain("UPDATED");
    }

    @Test
    void incidentsAreReadByKcat() throws Exception {
        String output = ForeignClients.kcat(
                folder,
                "-C",
                "-q",
                "-e",
                "-b",
                broker.bootstrapServers(),
                "-t",
                INCIDENTS,
                "-X",
                "isolation.level=read_committed");
        assertThat(output.lines()).hasSize(2).allMatch(line -> line.startsWith("{\"detector\":\"hosts\""));
    }

    /** The rows are the formula of the examples, whoever wrote them. */
    private static void assertRows(String topic, String source, int count) throws Exception {
        DetectorConfig config = DetectorConfig.parse(
                "detector: hosts\nfeatures: [cpu, memory]\ntopics: {observations: " + topic + "}\n" + source, "test");
        ObservationDeserializer deserializer = new ObservationDeserializer(config);
        Map<Long, ObservationRow> rows = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : TestingKafka.readAll(broker.bootstrapServers(), topic)) {
            IngestResult result = deserializer.ingest(record);
            assertThat(result).isInstanceOf(ObservationRow.class);
            rows.put(((ObservationRow) result).eventTime(), (ObservationRow) result);
        }
        assertThat(rows).hasSize(count);
        for (int i = 0; i < count; i++) {
            ObservationRow row = rows.get(FIRST + i * 1_000L);
            assertThat(row.entity()).isEqualTo("host-" + i % 10);
            assertThat(row.values()).containsExactly(20 + i % 60 * 0.5f, (float) (4e9 + i * 4096.0));
        }
    }

    /** An incident that opens, a report that is never committed, and its end. */
    private static void writeIncidents() {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "transactional.id",
                "incidents",
                "compression.type",
                "gzip");
        OutputCodec<Incident> codec = OutputCodec.incidents(OutputFormat.JSON);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            for (IncidentState state : List.of(IncidentState.OPENED, IncidentState.UPDATED, IncidentState.RESOLVED)) {
                producer.beginTransaction();
                long time = state == IncidentState.OPENED ? FIRST : FIRST + 60_000;
                producer.send(new ProducerRecord<>(INCIDENTS, codec.encode(incident(state, time))));
                if (state == IncidentState.UPDATED) {
                    producer.flush();
                    producer.abortTransaction();
                } else {
                    producer.commitTransaction();
                }
            }
        }
    }

    private static Incident incident(IncidentState state, long time) {
        return new Incident(
                new IncidentIdentity("hosts", "0123456789abcdef", "host-7", IncidentKind.ANOMALY),
                state,
                Severity.HIGH,
                new IncidentTimes(FIRST, time + 1, time),
                new IncidentPeak(9, Instant.ofEpochMilli(FIRST).toEpochMilli(), 1e-6, 4, 3, "00112233aabbccdd"),
                7,
                new Diagnosis(List.of(), BreakShape.UNKNOWN, "host-7: cpu is 97 % — “too much”"),
                IncidentGroup.NONE,
                null);
    }
}
