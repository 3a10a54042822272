package dev.noether.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.embedded.Topic;
import dev.noether.flink.assembly.ImportSource;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.EntitySection;
import dev.noether.flink.config.GeneralSection;
import dev.noether.flink.config.ImportSection;
import dev.noether.flink.emit.KafkaSinks;
import dev.noether.flink.emit.LostTransactionHandler;
import dev.noether.flink.emit.WriteGate;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.schemas.Features;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import dev.noether.schemas.RejectedCodec;
import dev.noether.schemas.RejectionReason;
import dev.noether.testing.Patience;
import dev.noether.testing.RandomizedTest;
import dev.noether.testing.RealData;
import dev.noether.testing.RecordedSeries;
import dev.noether.testing.TestingKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.CommonTestUtils;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The import with a real broker: from records of single values to the topic of observations. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ImportIT extends RandomizedTest {
    private static final InMemoryReporter REPORTER = InMemoryReporter.create();

    @RegisterExtension
    private static final MiniClusterExtension FLINK =
            new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                    .setNumberTaskManagers(1)
                    .setNumberSlotsPerTaskManager(2)
                    .setConfiguration(REPORTER.addToConfiguration(new Configuration()))
                    .build());

    private static final long START = 1_700_000_040_000L;
    private static final long INTERVAL = 60_000;
    private static final int MACHINES = 10;

    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;

    /** Values that were left out or sent late. */
    private int unsent;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    /** An entity at a time. */
    private record Place(String entity, long time) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byEntity = entity.compareTo(other.entity);
            return byEntity != 0 ? byEntity : Long.compare(time, other.time);
        }
    }

    /** A value that is sent. */
    private record Sent(Place place, int feature, float value) {}

    /** The task manager is killed in the middle, with intervals open and a transaction that nobody has committed. */
    @Test
    void rowsOfRecordedMachinesAreTheWideOnesAlsoAfterAKill(
            RandomGenerator random, @InjectMiniCluster MiniCluster cluster) throws Exception {
        RealData.require("streams", "smd");
        List<RecordedSeries> machines = RecordedSeries.of("smd").subList(0, MACHINES);
        int rows = 120;
        int features = machines.get(0).features();
        DetectorConfig config = config(
                "machines",
                2,
                IntStream.range(0, features).mapToObj(i -> "f" + i).toList(),
                """
                        metric: {name: metric, value: value}
                          topics: [machine-values]
                        """);
        broker.createTopics(Topic.plain("machine-values", 2));
        List<Sent> sent = values(machines, rows, random);
        JobClient job = start(config, null);
        int half = sent.size() / 2;
        send("machine-values", sent.subList(0, half));
        awaitRows(config, MACHINES * rows / 4);
        cluster.terminateTaskManager(0).get();
        cluster.startTaskManager();
        send("machine-values", sent.subList(half, sent.size()));
        Map<Place, float[]> assembled = awaitRows(config, MACHINES * rows);
        job.cancel().get();

        int wrong = 0;
        int missing = 0;
        int present = 0;
        for (int m = 0; m < MACHINES; m++) {
            for (int k = 0; k < rows; k++) {
                float[] row = assembled.get(new Place("m" + m, START + k * INTERVAL));
                for (int i = 0; i < features; i++) {
                    if (Float.isNaN(row[i])) {
                        missing++;
                    } else {
                        present++;
                        wrong += row[i] == machines.get(m).test()[k * features + i] ? 0 : 1;
                    }
                }
            }
        }
        assertThat(wrong).isZero();
        assertThat(missing).isLessThanOrEqualTo(unsent).isGreaterThan(0);
        assertThat(present + missing).isEqualTo(MACHINES * rows * features);
    }

    /** Two in a hundred values are left out, one in a hundred comes three intervals late; the others are shuffled. */
    private List<Sent> values(List<RecordedSeries> machines, int rows, RandomGenerator random) {
        int features = machines.get(0).features();
        List<List<Sent>> byInterval = new ArrayList<>();
        for (int k = 0; k < rows + 6; k++) {
            byInterval.add(new ArrayList<>());
        }
        for (int m = 0; m < machines.size(); m++) {
            // The last intervals only close those before them.
            for (int k = 0; k < rows + 3; k++) {
                Place place = new Place("m" + m, START + k * INTERVAL);
                for (int i = 0; i < features; i++) {
                    double fate = random.nextDouble();
                    boolean isLate = fate < 0.01;
                    if (k < rows && (isLate || fate > 0.98)) {
                        unsent++;
                    }
                    if (fate <= 0.98) {
                        float value = machines.get(m).test()[k * features + i];
                        byInterval.get(isLate ? k + 3 : k).add(new Sent(place, i, value));
                    }
                }
            }
        }
        List<Sent> all = new ArrayList<>();
        for (List<Sent> interval : byInterval) {
            Collections.shuffle(interval, new Random(random.nextLong()));
            all.addAll(interval);
        }
        return all;
    }

    private static void send(String topic, List<Sent> values) {
        send(values.stream()
                .map(sent -> record(
                        topic,
                        sent.place().entity(),
                        String.format(
                                Locale.ROOT,
                                "{\"host\":\"%s\",\"ts\":%d,\"metric\":\"f%d\",\"value\":%s}",
                                sent.place().entity(),
                                sent.place().time() + 7_000,
                                sent.feature(),
                                sent.value())))
                .toList());
    }

    /** The counters begin at 10^13, where floats are 2^20 apart, and are reset in the middle. */
    @Test
    void aRateOfThreeBytesASecondIsSeen() throws Exception {
        DetectorConfig config = config("counters", 1, List.of("rx", "rxBytes"), """
                metric: {name: metric, value: value}
                  topics: [counter-values]
                  series: [device]
                  metrics:
                    rx: {name: bytes, aggregate: sum, as: rate}
                    rxBytes: {name: bytes, labels: {device: eth0}, as: delta}
                """);
        broker.createTopics(Topic.plain("counter-values", 1));
        int intervals = 20;
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 4 * (intervals + 3); i++) {
            long seconds = 15L * i;
            // The second one is reset in the interval 10, between two readings.
            long eth0 = 10_000_000_000_000L + 3 * seconds;
            long eth1 = i < 42 ? 10_000_000_000_001L + 2 * seconds : 2 * (seconds - 15 * 41);
            records.add(counter("eth0", seconds, eth0));
            records.add(counter("eth1", seconds, eth1));
        }
        JobClient job = start(config, null);
        send(records);
        Map<Place, float[]> rows = awaitRows(config, intervals);
        job.cancel().get();
        assertThat(rows.keySet())
                .extracting(Place::time)
                .contains(START + INTERVAL)
                .doesNotContain(START);
        for (int k = 1; k < intervals; k++) {
            assertThat(rows.get(new Place("h", START + k * INTERVAL)))
                    .as("interval %d", k)
                    .containsExactly(5, 180);
        }
    }

    /** The records of one topic are long and take many fetches; those of the other one are read at once. */
    @Test
    void aTopicThatIsReadFasterMakesNothingOfTheOtherOneLate(RandomGenerator random) throws Exception {
        DetectorConfig config =
                config("unequal", 1, List.of("cpu", "load"), """
                topics: [short-records, long-records]
                """).with(ImportSection.INTERVAL, Duration.ofSeconds(1));
        broker.createTopics(Topic.plain("short-records", 1), Topic.plain("long-records", 1));
        int intervals = 7_000;
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < intervals + 20; i++) {
            long time = START + 1_000L * i;
            records.add(record("short-records", null, "{\"host\":\"h\",\"ts\":" + time + ",\"cpu\":0.5}"));
            byte[] padding = new byte[1_500];
            random.nextBytes(padding);
            records.add(record(
                    "long-records",
                    null,
                    "{\"host\":\"h\",\"ts\":" + time + ",\"load\":2,\"padding\":\""
                            + Base64.getEncoder().encodeToString(padding) + "\"}"));
        }
        send(records);
        JobClient job = start(config, null);
        Map<Place, float[]> rows = awaitRows(config, intervals);
        assertThat(count(job, "intervalsEvicted")).isZero();
        assertThat(count(job, "metricsLate")).isZero();
        assertThat(rows.values().stream().filter(row -> row[0] != 0.5f || row[1] != 2))
                .isEmpty();
        job.cancel().get();
    }

    /** A slow topic holds back the watermark: what is late follows from the clock of the own partition alone. */
    @Test
    void aRestoreWithAnotherParallelismJudgesLateTheSameValues(@InjectMiniCluster MiniCluster cluster)
            throws Exception {
        DetectorConfig config =
                config("rescaled", 1, List.of("cpu", "load"), """
                topics: [steady, slow]
                """).with(EntitySection.IDLENESS, Duration.ofMinutes(5));
        broker.createTopics(Topic.plain("steady", 1), Topic.plain("slow", 1));
        JobClient first = start(config, null);
        send(rowsOf("steady", "a", 11));
        send(rowsOf("slow", "b", 4));
        Patience.await(
                "all values are read", () -> count(first, "metricsRead") == 30, () -> count(first, "metricsRead"));
        // The sources can have read everything before the last sink runs, and then there is no savepoint.
        CommonTestUtils.waitForAllTaskRunning(cluster, first.getJobID(), true);
        String savepoint = first.stopWithSavepoint(
                        false, directory.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
                .get();
        long late = START + 5 * INTERVAL + 30_000;
        send(List.of(record("steady", null, "{\"host\":\"a\",\"ts\":" + late + ",\"cpu\":9,\"load\":9}")));
        JobClient second = start(config.with(GeneralSection.PARALLELISM, 2), savepoint);
        send(rowsOf("steady", "a", 20));
        send(rowsOf("slow", "b", 20));
        Map<Place, float[]> rows = awaitRows(config, 2 * 18);
        assertThat(rows.values()).allSatisfy(row -> assertThat(row).containsExactly(0.5f, 2));
        assertThat(count(second, "metricsLate")).isGreaterThanOrEqualTo(2);
        second.cancel().get();
    }

    /** As after kill -9 between a checkpoint and its commit: the transactions of the checkpoint are open. */
    @Test
    void aDeathBetweenCheckpointAndCommitLosesAndRepeatsNothing() throws Exception {
        DetectorConfig config = config("uncommitted", 1, List.of("cpu", "load"), """
                topics: [uncommitted-values]
                """);
        broker.createTopics(Topic.plain("uncommitted-values", 1));
        send(rowsOf("uncommitted-values", "a", 12));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(JobSettings.of(config));
        KafkaSinks sinks = KafkaSinks.ofImport(config, WriteGate.OPEN, LostTransactionHandler.LOGGING);
        ImportJob.define(
                environment,
                config,
                ImportSource.streaming(config, Duration.ofMillis(300)),
                new UncommittedSink<>(sinks.observations()),
                new UncommittedSink<>(sinks.rejected()));
        JobClient killed = environment.executeAsync(ImportJob.name(config));
        // Its commits fail for good, so it starts again and again from the checkpoint that has the transactions.
        Patience.await("a job that cannot commit", () -> restarts(killed) > 0, () -> restarts(killed) + " restarts");
        killed.cancel().get();
        Path checkpoint = checkpoints(killed).resolve("chk-" + newestCheckpoint(killed));
        assertThat(observations(config)).isEmpty();
        send(rowsOf("uncommitted-values", "a", 20).subList(12, 20));
        JobClient again = start(config, checkpoint.toUri().toString());
        Map<Place, float[]> rows = awaitRows(config, 18);
        assertThat(rows.keySet())
                .extracting(Place::time)
                .containsExactlyElementsOf(IntStream.range(0, 18)
                        .mapToObj(i -> START + i * INTERVAL)
                        .toList());
        again.cancel().get();
    }

    private static long restarts(JobClient job) {
        return REPORTER.findMetrics(job.getJobID(), "numRestarts$").values().stream()
                .mapToLong(metric -> ((Number) ((Gauge<?>) metric).getValue()).longValue())
                .max()
                .orElse(0);
    }

    private static Path checkpoints(JobClient job) {
        return directory.resolve("checkpoints").resolve(job.getJobID().toString());
    }

    /** The number of the newest complete checkpoint of a job; -1 if there is none. */
    private static int newestCheckpoint(JobClient job) throws IOException {
        try (Stream<Path> folders = Files.exists(checkpoints(job)) ? Files.list(checkpoints(job)) : Stream.of()) {
            return folders.filter(folder -> Files.exists(folder.resolve("_metadata")))
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> name.startsWith("chk-"))
                    .mapToInt(name -> Integer.parseInt(name.substring("chk-".length())))
                    .max()
                    .orElse(-1);
        }
    }

    private static ProducerRecord<byte[], byte[]> counter(String device, long seconds, long bytes) {
        return record(
                "counter-values",
                "h",
                String.format(
                        Locale.ROOT,
                        "{\"host\":\"h\",\"ts\":%d,\"metric\":\"bytes\",\"device\":\"%s\",\"value\":\"%d\"}",
                        START + 1000 * seconds,
                        device,
                        bytes));
    }

    /** One topic exists at the start, another one and a partition come later; records that say nothing are counted. */
    @Test
    void newTopicsAndPartitionsAreFoundWhileRunning() throws Exception {
        DetectorConfig config =
                config("teams", 1, List.of("cpu", "load"), """
                topicPattern: "telemetry[.].*"
                """).with(EntitySection.IDLENESS, Duration.ofSeconds(1));
        broker.createTopics(Topic.plain("telemetry.a", 1));
        JobClient job = start(config, null);
        send(rowsOf("telemetry.a", "a", 5));
        awaitRows(config, 2);
        broker.createTopics(Topic.plain("telemetry.b", 1));
        send(rowsOf("telemetry.b", "b", 9));
        send(List.of(
                record("telemetry.b", null, "{\"host\":\"b\",\"ts\":" + START + ",\"disk\":1}"),
                record("telemetry.b", null, "{\"ts\":" + START + ",\"cpu\":1}"),
                record("telemetry.b", null, "no JSON"),
                new ProducerRecord<>("telemetry.b", null, null)));
        Map<Place, float[]> rows = awaitRows(config, 4);
        assertThat(rows.keySet()).extracting(Place::entity).contains("a", "b");
        assertThat(rows.values()).allSatisfy(row -> assertThat(row).containsExactly(0.5f, 2));
        Patience.await("three rejected records", () -> reasons(config).size() == 3, () -> reasons(config));
        assertThat(reasons(config))
                .containsExactlyInAnyOrder(RejectionReason.NO_ENTITY, RejectionReason.MALFORMED, RejectionReason.EMPTY);
        assertThat(count(job, "metricsUnused")).isEqualTo(1);
        job.cancel().get();
    }

    private static List<ProducerRecord<byte[], byte[]>> rowsOf(String topic, String host, int intervals) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < intervals; i++) {
            records.add(record(
                    topic,
                    null,
                    "{\"host\":\"" + host + "\",\"ts\":" + (START + i * INTERVAL) + ",\"cpu\":0.5,\"load\":2}"));
        }
        return records;
    }

    private static DetectorConfig config(String detector, int parallelism, List<String> features, String source) {
        DetectorConfig config = DetectorConfig.parse(
                """
                detector: %s
                features: %s
                parallelism: %d
                kafka: {bootstrapServers: '%s'}
                checkpoints: {interval: PT0.2S, directory: '%s'}
                source:
                  format: json
                  entity: host
                  time: ts
                  interval: PT60S
                  disorder: PT10S
                  %s
                """.formatted(
                                detector,
                                features,
                                parallelism,
                                broker.bootstrapServers(),
                                directory.resolve("checkpoints").toUri(),
                                source.strip()),
                "test");
        TopicSetup.create(config, 2, (short) 1);
        return config;
    }

    private static JobClient start(DetectorConfig config, @Nullable String checkpoint) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(JobSettings.of(config));
        if (checkpoint != null) {
            environment.configure(new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, checkpoint));
        }
        ImportJob.define(environment, config, Duration.ofMillis(300));
        return environment.executeAsync(ImportJob.name(config));
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, @Nullable String key, String value) {
        return new ProducerRecord<>(
                topic,
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(List<ProducerRecord<byte[], byte[]>> records) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "compression.type", "lz4", "linger.ms", 20),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            records.forEach(producer::send);
        }
    }

    /** Waits until so many rows are committed; none may be there twice. */
    private static Map<Place, float[]> awaitRows(DetectorConfig config, int count) throws Exception {
        Patience.await(
                count + " committed observations of " + config.detector(),
                () -> observations(config).size() >= count,
                () -> observations(config).size() + " of them");
        return observations(config);
    }

    private static Map<Place, float[]> observations(DetectorConfig config) {
        Map<Place, float[]> rows = new TreeMap<>();
        ObservationCodec codec = new ObservationCodec();
        for (ConsumerRecord<byte[], byte[]> record :
                TestingKafka.readAll(broker.bootstrapServers(), config.topics().observations())) {
            Observation observation = decoded(() -> codec.decode(record.value()));
            assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(observation.entity());
            assertThat(record.timestamp()).isEqualTo(observation.eventTime());
            Place place = new Place(observation.entity(), observation.eventTime());
            float[] values = ((Features.Positional) observation.features()).values();
            assertThat(rows.put(place, values)).as("a second row of %s", place).isNull();
        }
        return rows;
    }

    private static <T> T decoded(Callable<T> decoder) {
        try {
            return decoder.call();
        } catch (Exception e) {
            throw new AssertionError("a record of the output cannot be read", e);
        }
    }

    private static List<RejectionReason> reasons(DetectorConfig config) {
        List<RejectionReason> reasons = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record :
                TestingKafka.readAll(broker.bootstrapServers(), config.topics().rejected())) {
            reasons.add(decoded(() -> new RejectedCodec().decode(record.value()).reason()));
        }
        return reasons;
    }

    private static long count(JobClient job, String name) {
        return REPORTER.findMetrics(job.getJobID(), "noether\\." + name + "$").values().stream()
                .mapToLong(metric -> ((Counter) metric).getCount())
                .sum();
    }
}
