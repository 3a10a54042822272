package dev.noether.console;

import static dev.noether.console.TestingRecords.START;
import static dev.noether.console.TestingRecords.incident;
import static dev.noether.console.TestingRecords.score;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.noether.console.store.ConsoleStore;
import dev.noether.console.store.TopicRole;
import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.ConsoleSection;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.feedback.FeedbackTopic;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.Feedback;
import dev.noether.schemas.FeedbackVerdict;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import dev.noether.schemas.output.OutputCodec;
import dev.noether.testing.Patience;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The console between a real broker and a client that reads its answers. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class ConsoleIT {
    private static final String TOKEN = "0123456789abcdef-token";

    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;
    private static DetectorConfig config;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        Path token = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        config = DetectorConfig.withDefaults(TestingRecords.DETECTOR, new FeatureSchema(List.of("cpu", "memory")))
                .withBootstrap(broker.bootstrapServers())
                .with(ConsoleSection.PORT, 0)
                .with(ConsoleSection.TOKEN_FILE, token.toString());
        TopicSetup.create(config, 2, (short) 1);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private static DetectorConfig config(String store) {
        return config.with(ConsoleSection.DIRECTORY, folder.resolve(store).toUri());
    }

    private static void send(String topic, String key, byte[] value) throws Exception {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker.bootstrapServers());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value))
                    .get();
        }
    }

    private static void send(Incident incident) throws Exception {
        send(
                config.topics().incidents(),
                incident.entity(),
                OutputCodec.incidents().encode(incident));
    }

    private static void send(Score score) throws Exception {
        send(config.topics().scores(), score.entity(), OutputCodec.scores().encode(score));
    }

    @Test
    void showsWhatTheTopicsSayAndWritesWhatPeopleSay() throws Exception {
        send(score("web-1", START - 1_000, 1, Verdict.NORMAL));
        send(score("web-1", START, 2, Verdict.ANOMALOUS));
        try (Console console = Console.start(config("first"))) {
            TestingClient client = new TestingClient(console.url());
            try (TestingClient.Events events = client.events(null)) {
                assertThat(events.next("status").get("detector").asText()).isEqualTo("fleet");
                send(incident("aaaa1", "web-1", IncidentState.OPENED));
                assertThat(events.next("incident").get("id").asText()).isEqualTo("aaaa1");

                JsonNode answer = client.post(
                        "/api/feedback",
                        TOKEN,
                        "{\"incident\": \"aaaa1\", \"verdict\": \"DISMISS\", \"note\": \"backup\", \"author\": \"ann\"}");
                assertThat(answer.get("lines").get(0).asText()).startsWith("Dismissed aaaa1");
                assertThat(events.next("feedback").get("verdict").asText()).isEqualTo("DISMISSED");
                assertThat(events.next("incident").get("feedback").asText()).isEqualTo("DISMISSED");
            }
            Feedback written = new FeedbackTopic(config).read().get(0);
            assertThat(written.verdict()).isEqualTo(FeedbackVerdict.DISMISSED);
            assertThat(written.author()).isEqualTo("ann");
            assertThat(written.comment()).isEqualTo("backup");
            Patience.await(
                    "the scores",
                    () -> client.get("/api/entity?name=web-1").get("rows").asLong() == 2,
                    () -> "");
            JsonNode series = client.get("/api/series?entity=web-1");
            assertThat(series.get("verdict").asText()).isEqualTo("NA");
        }
    }

    /** A restart, a lost store and a broker that is away for a moment: everything once, and nothing is missing. */
    @Test
    void restartsLoseAndRepeatNothing() throws Exception {
        send(incident("bbbb1", "web-2", IncidentState.OPENED));
        List<String> before;
        try (Console console = Console.start(config("second"))) {
            TestingClient client = new TestingClient(console.url());
            await(client, "bbbb1", "OPENED");
            before = ids(client);
        }
        send(incident("bbbb1", "web-2", IncidentState.RESOLVED));
        send(incident("bbbb2", "web-2", IncidentState.OPENED));
        try (Console console = Console.start(config("second"))) {
            TestingClient client = new TestingClient(console.url());
            await(client, "bbbb2", "OPENED");
            await(client, "bbbb1", "RESOLVED");
            assertThat(client.get("/api/incident?id=bbbb1").get("history")).hasSize(2);
            assertThat(ids(client)).containsAll(before).doesNotHaveDuplicates();

            int port = broker.port();
            broker.close();
            broker = EmbeddedBroker.start(folder.resolve("broker"), port);
            send(incident("bbbb3", "web-2", IncidentState.OPENED));
            await(client, "bbbb3", "OPENED");
        }
        try (Console console = Console.start(config("lost"))) {
            TestingClient client = new TestingClient(console.url());
            await(client, "bbbb3", "OPENED");
            await(client, "bbbb1", "RESOLVED");
            assertThat(client.get("/api/incident?id=bbbb1").get("history")).hasSize(2);
            assertThat(ids(client)).containsAll(before).doesNotHaveDuplicates();
        }
    }

    /** At the end of a topic that grows without a pause there is always something that is not read yet. */
    @Test
    void aTopicThatGrowsWithoutAPauseIsFollowed() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        Thread sender = new Thread(() -> sendUntil(isOver));
        sender.start();
        try (Console console = Console.start(config("growing"))) {
            TestingClient client = new TestingClient(console.url());
            Patience.await(
                    "the scores are followed",
                    () -> client.get("/api/status")
                            .get("topics")
                            .get(0)
                            .get("state")
                            .asText()
                            .equals("following"),
                    () -> "");
        } finally {
            isOver.set(true);
            sender.join();
        }
    }

    /** Sends about 2,000 scores a second. */
    private static void sendUntil(AtomicBoolean isOver) {
        byte[] key = "web-7".getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; !isOver.get(); i++) {
                byte[] score = OutputCodec.scores().encode(score("web-7", START + i, i, Verdict.NORMAL));
                producer.send(new ProducerRecord<>(config.topics().scores(), key, score));
                if (i % 10 == 0) {
                    LockSupport.parkNanos(5_000_000);
                }
            }
        }
    }

    /** As after a disk of the broker was put back from a copy: the topic is the same one, and shorter. */
    @Test
    void aTopicThatEndsBeforeWhatWasReadOfItIsReadAgain() throws Exception {
        send(score("web-4", START, 1, Verdict.ANOMALOUS));
        try (Console console = Console.start(config("longer"))) {
            awaitRows(new TestingClient(console.url()), "web-4");
        }
        try (ConsoleStore store =
                ConsoleStore.open(Path.of(config("longer").console().store().directory()), TestingRecords.DETECTOR)) {
            Map<Integer, Long> read = store.positions(TopicRole.SCORES);
            store.write(connection -> {
                for (Map.Entry<Integer, Long> partition : read.entrySet()) {
                    ConsoleStore.advance(
                            connection, TopicRole.SCORES, partition.getKey(), partition.getValue() + 1_000, 0);
                }
                return true;
            });
        }
        try (Console console = Console.start(config("longer"))) {
            TestingClient client = new TestingClient(console.url());
            send(score("web-6", START, 2, Verdict.NORMAL));
            awaitRows(client, "web-6");
            assertThat(client.get("/api/entity?name=web-4").get("rows").asLong())
                    .isEqualTo(1);
        }
    }

    private static void awaitRows(TestingClient client, String entity) throws Exception {
        Patience.await(
                "a row of " + entity,
                () -> {
                    HttpResponse<String> response = client.response("/api/entity?name=" + entity, request -> {});
                    return response.statusCode() == 200 && response.body().contains("\"rows\":1");
                },
                () -> "");
    }

    @Test
    void aHundredPagesGetEachEventAndTheNextOneIsRefused() throws Exception {
        try (Console console = Console.start(config("pages"))) {
            TestingClient client = new TestingClient(console.url());
            List<TestingClient.Events> pages = new ArrayList<>();
            try {
                for (int i = 0; i < 100; i++) {
                    pages.add(client.events(null));
                }
                assertThat(client.response("/api/stream", request -> {}).statusCode())
                        .isEqualTo(503);
                send(incident("eeee1", "web-5", IncidentState.OPENED));
                for (TestingClient.Events page : pages) {
                    JsonNode event = page.next("incident");
                    while (!event.get("id").asText().equals("eeee1")) {
                        event = page.next("incident");
                    }
                }
            } finally {
                for (TestingClient.Events page : pages) {
                    page.close();
                }
            }
            Patience.await(
                    "a free stream",
                    () -> {
                        try (TestingClient.Events page = client.events(null)) {
                            return page.first().equals("status");
                        } catch (AssertionError full) {
                            return false;
                        }
                    },
                    () -> "");
        }
    }

    private static void await(TestingClient client, String id, String state) throws Exception {
        Patience.await(
                id + " is " + state,
                () -> client.get("/api/incidents?q=" + id)
                        .get("incidents")
                        .findValuesAsText("state")
                        .contains(state),
                () -> "");
    }

    private static List<String> ids(TestingClient client) throws Exception {
        return client.get("/api/incidents").get("incidents").findValuesAsText("id");
    }
}
