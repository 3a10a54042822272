package dev.noether.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class EmbeddedBrokerIT {
    private static final Topic OBSERVATIONS = Topic.plain("observations", 1);

    @TempDir
    private Path directory;

    @Test
    void committedTransactionsAreReadAndAbortedOnesAreNot() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            broker.createTopics(OBSERVATIONS);
            try (KafkaProducer<String, String> producer = producer(broker.bootstrapServers(), "transaction-a")) {
                producer.initTransactions();
                sendTransaction(producer, "aborted").abortTransaction();
                sendTransaction(producer, "committed").commitTransaction();
                sendTransaction(producer, "open").flush();

                assertThat(values(broker.bootstrapServers(), 1)).containsExactly("committed");
                producer.abortTransaction();
            }
        }
    }

    @Test
    void aRestartKeepsTopicsAndRecords() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            broker.createTopics(OBSERVATIONS, Topic.compacted("models", 2));
            send(broker.bootstrapServers(), "before");
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            broker.createTopics(OBSERVATIONS);
            send(broker.bootstrapServers(), "after");
            assertThat(values(broker.bootstrapServers(), 2)).containsExactly("before", "after");
        }
    }

    @Test
    void aKilledBrokersDirectoryIsTakenUpAgain() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String bootstrapServers = output.readLine();
            assertThat(bootstrapServers).startsWith("127.0.0.1:");
            TopicCreator.createIfAbsent(bootstrapServers, OBSERVATIONS);
            send(bootstrapServers, "before");
            assertThatThrownBy(() -> EmbeddedBroker.start(directory, 0))
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessageContaining("belongs to a running broker");
        } finally {
            process.destroyForcibly().waitFor();
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            send(broker.bootstrapServers(), "after");
            assertThat(values(broker.bootstrapServers(), 2)).containsExactly("before", "after");
        }
    }

    /** Only topics that Noether writes lift the limit of times ahead, each for itself. */
    @Test
    void recordsOfOldEventTimesAreAcceptedAndThoseOfTheFutureAreRefused() throws Exception {
        long inTenDays = System.currentTimeMillis() + Duration.ofDays(10).toMillis();
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            broker.createTopics(OBSERVATIONS);
            try (KafkaProducer<String, String> producer = producer(broker.bootstrapServers(), null)) {
                producer.send(new ProducerRecord<>("observations", 0, 0L, "machine-1", "long ago"))
                        .get();
                assertThatThrownBy(() -> producer.send(
                                        new ProducerRecord<>("observations", 0, inTenDays, "machine-1", "ahead"))
                                .get())
                        .hasCauseInstanceOf(InvalidTimestampException.class);
            }
            assertThat(values(broker.bootstrapServers(), 1)).containsExactly("long ago");
        }
    }

    @Test
    void topicsAreCreatedOnceAndClosingTwiceIsFine() throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(directory, 0);
        try (broker;
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            broker.createTopics(Topic.plain("scores", 3));
            broker.createTopics(Topic.plain("scores", 5), Topic.compacted("models", 1));
            assertThat(admin.describeTopics(List.of("scores", "models"))
                            .allTopicNames()
                            .get())
                    .hasEntrySatisfying(
                            "scores", topic -> assertThat(topic.partitions()).hasSize(3))
                    .hasEntrySatisfying(
                            "models", topic -> assertThat(topic.partitions()).hasSize(1));
        }
        broker.close();
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> EmbeddedBroker.start(directory, taken.getLocalPort()))
                    .isInstanceOf(PortInUseException.class)
                    .hasMessage("port " + taken.getLocalPort() + " is in use; choose another one with --port");
        }
    }

    @Test
    void aDirectoryThatIsAFileIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> EmbeddedBroker.start(file, 0))
                .isInstanceOf(BrokerStartException.class)
                .hasMessageContaining("the broker directory " + file + " cannot be written");
    }

    @Test
    void aStartThatTakesTooLongEndsWithAMessageAndLeavesTheDirectoryUsable() {
        assertThatThrownBy(() -> EmbeddedBroker.start(directory, 0, Duration.ofMillis(1)))
                .isInstanceOf(BrokerStartException.class)
                .hasMessage("the broker was not ready within 1 ms");
        EmbeddedBroker.start(directory, 0).close();
    }

    @Test
    void argumentsAreChecked() {
        assertThatThrownBy(() -> EmbeddedBroker.start(directory, 70_000))
                .hasMessage("`port` must be in [0, 65535] (got 70000)");
        assertThatThrownBy(() -> EmbeddedBroker.start(directory, 0, Duration.ZERO))
                .hasMessage("`timeout` must be positive (got PT0S)");
    }

    private static void send(String bootstrapServers, String value) {
        try (KafkaProducer<String, String> producer = producer(bootstrapServers, null)) {
            producer.send(new ProducerRecord<>("observations", "machine-1", value));
        }
    }

    private static KafkaProducer<String, String> sendTransaction(KafkaProducer<String, String> producer, String value) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("observations", "machine-1", value));
        producer.flush();
        return producer;
    }

    private static KafkaProducer<String, String> producer(String bootstrapServers, String transactionalId) {
        Map<String, Object> settings = transactionalId == null
                ? Map.of("bootstrap.servers", bootstrapServers)
                : Map.of("bootstrap.servers", bootstrapServers, "transactional.id", transactionalId);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    /** Reads until {@code count} values came, and then whatever else is ready. */
    private static List<String> values(String bootstrapServers, int count) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "isolation.level",
                "read_committed");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partition = List.of(new TopicPartition("observations", 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(100)).forEach(message -> values.add(message.value()));
            }
            for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(200))) {
                values.add(message.value());
            }
        }
        return values;
    }
}
