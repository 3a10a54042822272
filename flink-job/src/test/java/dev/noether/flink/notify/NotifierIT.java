package dev.noether.flink.notify;

import static dev.noether.flink.notify.TestingIncidents.incident;
import static dev.noether.flink.notify.TestingReceiver.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.NotifySection;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.output.OutputCodec;
import dev.noether.schemas.output.OutputFormat;
import dev.noether.testing.Patience;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The notifier between a real broker and a web service that fails. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class NotifierIT {
    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;
    private static KafkaProducer<byte[], byte[]> producer;

    private final List<Notifier> notifiers = new ArrayList<>();
    private final List<String> news = new CopyOnWriteArrayList<>();
    private final OutputCodec<Incident> codec = OutputCodec.incidents(OutputFormat.AVRO);
    private TestingReceiver webhook;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker.bootstrapServers());
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void stopBroker() {
        producer.close();
        broker.close();
    }

    @BeforeEach
    void start() throws Exception {
        webhook = new TestingReceiver();
    }

    @AfterEach
    void stop() {
        notifiers.forEach(Notifier::close);
        webhook.close();
    }

    /** At the first start, what is over is told to nobody, and what is open is told. */
    @Test
    void theFirstStartTellsWhatIsOpen() throws Exception {
        DetectorConfig config = config("first");
        write(config, incident("old", IncidentState.OPENED));
        write(config, incident("old", IncidentState.RESOLVED));
        write(config, incident("open", IncidentState.OPENED));
        start(config);
        awaitTaken("open:OPENED");
        write(config, incident("new", IncidentState.OPENED));
        awaitTaken("open:OPENED", "new:OPENED");
    }

    /** Also if it was open before anybody was told. */
    @Test
    void aRecordWithoutAValueTellsNothingAndWhatIsRefusedAtTheFirstStartIsKept() throws Exception {
        DetectorConfig config = config("tombstone");
        write(config, incident("open", IncidentState.OPENED));
        webhook.then(status(422));
        start(config);
        Patience.await("it gives up", () -> news.stream().anyMatch(one -> one.startsWith("gave up open")), () -> news);
        producer.send(new ProducerRecord<>(config.topics().incidents(), new byte[] {1}, null))
                .get();
        write(config, incident("next", IncidentState.OPENED));
        awaitTaken("next:OPENED");
        List<ConsumerRecord<byte[], byte[]>> undelivered = new ArrayList<>();
        TopicReader.readAll(config, config.topics().undelivered(), undelivered::add);
        assertThat(undelivered).hasSize(1);
        assertThat(codec.decode(undelivered.get(0).value()).id()).isEqualTo("open");
    }

    @Test
    void nothingIsLostAndNothingIsRepeatedOverRestartsAndFailures() throws Exception {
        DetectorConfig config = config("restarts");
        start(config);
        Patience.await("the notifier", () -> news.contains("follows 0"), () -> news);
        webhook.then(status(503)).then(status(429, "Retry-After", "1"));
        write(config, incident("a", IncidentState.OPENED));
        awaitTaken("a:OPENED");
        assertThat(webhook.requests).as("attempts").hasSize(3);
        assertThat(webhook.requests.stream().map(NotifierIT::key).distinct()).containsExactly("a:OPENED");
        close();

        write(config, incident("b", IncidentState.OPENED));
        write(config, incident("a", IncidentState.RESOLVED));
        start(config);
        awaitTaken("a:OPENED", "b:OPENED", "a:RESOLVED");
        close();

        start(config);
        write(config, incident("b", IncidentState.RESOLVED));
        awaitTaken("a:OPENED", "b:OPENED", "a:RESOLVED", "b:RESOLVED");
    }

    /** The end of an incident must not overtake its beginning. */
    @Test
    void aReceiverThatFailsHoldsUpTheLaterNoticesOfItsOwnOnly() throws Exception {
        DetectorConfig config = config("two");
        try (TestingReceiver other = new TestingReceiver()) {
            Path slack =
                    Files.writeString(folder.resolve("slack"), other.address().toString());
            webhook.always(status(500));
            start(config.with(NotifySection.SLACK, "${file:" + slack + "}"));
            Patience.await("both", () -> news.size() == 2, () -> news);
            write(config, incident("a", IncidentState.OPENED));
            write(config, incident("a", IncidentState.RESOLVED));
            Patience.await("Slack", () -> other.taken.size() == 2, () -> other.requests);
            Patience.await("attempts", () -> webhook.requests.size() >= 2, () -> webhook.requests);
            assertThat(webhook.requests.stream().map(NotifierIT::key).distinct())
                    .containsExactly("a:OPENED");
            webhook.always(status(200));
            awaitTaken("a:OPENED", "a:RESOLVED");
        }
    }

    @Test
    void whatIsRefusedOrFailsForTooLongGoesToTheTopicOfUndeliveredRecords() throws Exception {
        DetectorConfig config = config("undelivered").with(NotifySection.GIVE_UP_AFTER, Duration.ofSeconds(1));
        start(config);
        Patience.await("the notifier", () -> news.contains("follows 0"), () -> news);
        webhook.then(status(422));
        write(config, incident("bad", IncidentState.OPENED));
        write(config, incident("good", IncidentState.OPENED));
        awaitTaken("good:OPENED");
        webhook.always(status(503));
        write(config, incident("late", IncidentState.OPENED));
        Patience.await("it gives up", () -> news.stream().anyMatch(one -> one.startsWith("gave up late")), () -> news);
        producer.send(new ProducerRecord<>(config.topics().incidents(), new byte[] {1}, new byte[] {1, 2, 3}))
                .get();
        Patience.await("unreadable", () -> news.contains("unreadable"), () -> news);
        List<ConsumerRecord<byte[], byte[]>> undelivered = new ArrayList<>();
        TopicReader.readAll(config, config.topics().undelivered(), undelivered::add);
        assertThat(undelivered)
                .extracting(record -> header(record, Undelivered.RECEIVER) + " " + header(record, Undelivered.REASON))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("webhook HTTP 422: answer 422"),
                        second -> assertThat(second).isEqualTo("webhook HTTP 503: answer 503"),
                        third -> assertThat(third).startsWith("webhook no incident: "));
        assertThat(codec.decode(undelivered.get(0).value()).id()).isEqualTo("bad");
    }

    @Test
    void ofTwoNotifiersOneTellsAndTheOtherTakesOver() throws Exception {
        DetectorConfig config = config("standby");
        start(config);
        Patience.await("the first", () -> news.contains("follows 0"), () -> news);
        start(config);
        write(config, incident("a", IncidentState.OPENED));
        awaitTaken("a:OPENED");
        notifiers.remove(0).close();
        write(config, incident("a", IncidentState.RESOLVED));
        awaitTaken("a:OPENED", "a:RESOLVED");
    }

    /** What an aborted transaction wrote never happened. */
    @Test
    void onlyCommittedIncidentsAreTold() throws Exception {
        DetectorConfig config = config("transactions");
        start(config);
        Patience.await("the notifier", () -> news.contains("follows 0"), () -> news);
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker.bootstrapServers());
        properties.put("transactional.id", "notifier-test");
        try (KafkaProducer<byte[], byte[]> transactions =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            transactions.initTransactions();
            transactions.beginTransaction();
            transactions.send(record(config, incident("aborted", IncidentState.OPENED)));
            transactions.flush();
            transactions.abortTransaction();
            transactions.beginTransaction();
            transactions.send(record(config, incident("committed", IncidentState.OPENED)));
            transactions.commitTransaction();
        }
        awaitTaken("committed:OPENED");
        close();
        // The offset of the transaction's end is committed too: the next start finds its place.
        start(config);
        write(config, incident("committed", IncidentState.RESOLVED));
        awaitTaken("committed:OPENED", "committed:RESOLVED");
    }

    @Test
    void aMissingTopicIsSaidAndWaitedFor() throws Exception {
        DetectorConfig config = DetectorConfig.withDefaults("missing", new FeatureSchema(List.of("cpu")))
                .withBootstrap(broker.bootstrapServers())
                .with(NotifySection.WEBHOOK, webhook.address().toString());
        start(config);
        Patience.await(
                "the reason",
                () -> news.stream().anyMatch(one -> one.contains("the topic missing.incidents does not exist")),
                () -> news);
        TopicSetup.create(config, 1, (short) 1);
        write(config, incident("a", IncidentState.OPENED));
        awaitTaken("a:OPENED");
    }

    /** The group's offset belongs to the deleted topic: the incidents of the new one must not be taken for history. */
    @Test
    void aTopicThatWasCreatedAgainIsToldFromItsBeginning() throws Exception {
        DetectorConfig config = config("again");
        for (int i = 0; i < 5; i++) {
            write(config, incident("before" + i, IncidentState.OPENED));
        }
        start(config);
        Patience.await("the first five", () -> webhook.taken.size() == 5, () -> news);
        close();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.deleteTopics(List.of(config.topics().incidents())).all().get();
            Patience.await(
                    "the end of the topic",
                    () -> !admin.listTopics()
                            .names()
                            .get()
                            .contains(config.topics().incidents()),
                    () -> "it");
        }
        TopicSetup.create(config, 1, (short) 1);
        write(config, incident("after", IncidentState.OPENED));
        start(config);
        Patience.await("the new one", () -> taken().contains("after:OPENED"), () -> taken() + ", " + news);
    }

    private DetectorConfig config(String detector) throws Exception {
        DetectorConfig config = DetectorConfig.withDefaults(detector, new FeatureSchema(List.of("cpu")))
                .withBootstrap(broker.bootstrapServers())
                .with(NotifySection.WEBHOOK, webhook.address().toString());
        TopicSetup.create(config, 1, (short) 1);
        return config;
    }

    private void start(DetectorConfig config) {
        notifiers.add(Notifier.start(List.of(config), new NotifyListener() {
            @Override
            public void follows(String detector, String receiver, int open) {
                news.add("follows " + open);
            }

            @Override
            public void failed(String detector, String receiver, String reason, long retryMillis) {
                news.add("failed " + reason);
            }

            @Override
            public void gaveUp(String detector, String receiver, Incident incident, String reason) {
                news.add("gave up " + incident.id() + ": " + reason);
            }

            @Override
            public void unreadable(String detector, String receiver, String reason) {
                news.add("unreadable");
            }
        }));
    }

    private void close() {
        notifiers.forEach(Notifier::close);
        notifiers.clear();
        news.clear();
    }

    private void write(DetectorConfig config, Incident incident) throws Exception {
        producer.send(record(config, incident)).get();
    }

    private ProducerRecord<byte[], byte[]> record(DetectorConfig config, Incident incident) {
        return new ProducerRecord<>(
                config.topics().incidents(), incident.id().getBytes(StandardCharsets.UTF_8), codec.encode(incident));
    }

    private void awaitTaken(String... keys) throws Exception {
        Patience.await(
                String.join(", ", keys),
                () -> taken().size() >= keys.length,
                () -> taken() + " of " + webhook.requests.size() + " requests, " + news);
        assertThat(taken()).containsExactly(keys);
    }

    private List<String> taken() {
        return webhook.taken.stream().map(NotifierIT::key).toList();
    }

    private static String key(TestingReceiver.Request request) {
        return request.headers().getOrDefault("Idempotency-Key", "none");
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
