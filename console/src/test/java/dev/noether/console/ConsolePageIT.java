package dev.noether.console;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.AlarmSection;
import dev.noether.flink.config.ConsoleSection;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.feedback.FeedbackTopic;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.alarm.BudgetScope;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.Feedback;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelReleaseCodec;
import dev.noether.schemas.ReleaseCalibration;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.ReleasedArtifact;
import dev.noether.schemas.Score;
import dev.noether.schemas.Severity;
import dev.noether.schemas.output.OutputCodec;
import dev.noether.testing.Patience;
import dev.noether.testing.deployment.FreePorts;
import dev.noether.testing.deployment.ProjectFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The page of the console in a real browser, between a real broker and the real server. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ConsolePageIT {
    private static final String TOKEN = "0123456789abcdef-token";
    private static final int ENTITIES = 60;
    private static final int ROWS_A_DAY = 1_440;
    private static final boolean PICTURES = Boolean.getBoolean("noether.console.pictures");
    private static final String ENTITY = FleetRecords.entity(2);

    @TempDir
    private static Path folder;

    private static final long NOW = System.currentTimeMillis();
    private static final FleetRecords FLEET = new FleetRecords(7, NOW);

    private static EmbeddedBroker broker;
    private static DetectorConfig config;
    private static Console console;
    private static Incident open;
    private static Incident hostile;
    private static int made;

    @BeforeAll
    static void fill() throws Exception {
        BrowserChecks.assumeBrowser();
        int[] ports = FreePorts.take(2);
        broker = EmbeddedBroker.start(folder.resolve("broker"), ports[0]);
        Path token = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        config = DetectorConfig.withDefaults(TestingRecords.DETECTOR, new FeatureSchema(FleetRecords.FEATURES))
                .withBootstrap(broker.bootstrapServers())
                .with(AlarmSection.BUDGET, new AlarmBudget(1, BudgetScope.EACH_ENTITY, Duration.ofDays(1)))
                .with(ConsoleSection.PORT, ports[1])
                .with(ConsoleSection.TOKEN_FILE, token.toString())
                .with(ConsoleSection.DIRECTORY, folder.resolve("store").toUri());
        TopicSetup.create(config, 1, (short) 1);
        open = FLEET.anomaly(
                ENTITY, NOW - 38 * FleetRecords.MINUTE, NOW, Severity.CRITICAL, IncidentState.OPENED, null);
        hostile = FLEET.anomaly(
                FleetRecords.HOSTILE, NOW - 12 * FleetRecords.MINUTE, NOW, Severity.HIGH, IncidentState.OPENED, null);
        List<Incident> incidents = new ArrayList<>(FLEET.past(ENTITIES, 18, .95));
        long outbreak = NOW - 9 * FleetRecords.HOUR;
        incidents.addAll(FLEET.outbreak(14, outbreak, outbreak + 45 * FleetRecords.MINUTE));
        incidents.add(FLEET.anomaly(
                FleetRecords.entity(9),
                NOW - 20 * FleetRecords.MINUTE,
                NOW,
                Severity.MEDIUM,
                IncidentState.OPENED,
                null));
        incidents.add(FLEET.anomaly(
                FleetRecords.entity(15), NOW - 4 * FleetRecords.MINUTE, NOW, Severity.LOW, IncidentState.OPENED, null));
        incidents.add(hostile);
        incidents.add(open);
        sendIncidents(incidents);
        sendModels();
        List<Score> scores = new ArrayList<>();
        for (Incident incident : List.of(open, hostile)) {
            scores.addAll(FLEET.scores(incident.entity(), NOW - 6 * FleetRecords.HOUR, NOW, incident));
        }
        for (int i = 0; i < ENTITIES; i++) {
            if (i != 2 && i != FleetRecords.HOSTILE_ENTITY) {
                scores.addAll(FLEET.scores(FleetRecords.entity(i), NOW - 5 * FleetRecords.MINUTE, NOW, null));
            }
        }
        for (int i = 0; PICTURES && i < ENTITIES; i++) {
            scores.addAll(
                    FLEET.normal(FleetRecords.entity(i), NOW - 24 * FleetRecords.HOUR, NOW - 6 * FleetRecords.HOUR));
        }
        sendScores(scores);
        console = Console.start(config);
        TestingClient client = new TestingClient(console.url());
        Patience.await(
                "the records",
                () -> client.get("/api/incidents?state=all").get("total").asInt() >= incidents.size(),
                () -> "");
        Patience.await(
                "the scores", () -> client.get("/api/entities").get("total").asInt() >= ENTITIES, () -> "");
    }

    @AfterAll
    static void stop() {
        if (console != null) {
            console.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker.bootstrapServers());
        properties.put("compression.type", "lz4");
        properties.put("linger.ms", 5);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void sendIncidents(List<Incident> incidents) {
        OutputCodec<Incident> codec = OutputCodec.incidents();
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            incidents.forEach(incident -> producer.send(
                    new ProducerRecord<>(config.topics().incidents(), key(incident.entity()), codec.encode(incident))));
        }
    }

    private static void sendScores(List<Score> scores) {
        OutputCodec<Score> codec = OutputCodec.scores();
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            scores.forEach(score -> producer.send(
                    new ProducerRecord<>(config.topics().scores(), key(score.entity()), codec.encode(score))));
        }
    }

    private static void sendModels() {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (int version = 1; version <= 2; version++) {
                long time = NOW - (3 - version) * 48 * FleetRecords.HOUR;
                ModelRelease release = new ModelRelease(
                        TestingRecords.DETECTOR,
                        version,
                        new ReleasedArtifact("file:///models/" + version, "5d01062414dfae57".repeat(4), 84_213),
                        1,
                        time,
                        ReleaseStage.CHAMPION,
                        time,
                        new ReleaseCalibration(1 - 1. / ROWS_A_DAY, 4.035, 259_200),
                        Map.of("rows", "259200", "trainingSeconds", "41", "cause", "schedule"));
                producer.send(new ProducerRecord<>(
                        config.topics().models(),
                        key(TestingRecords.DETECTOR),
                        new ModelReleaseCodec().encode(release)));
            }
        }
    }

    private static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What the program in the browser may ask for. */
    private static String answer(String question) throws Exception {
        if (question.startsWith("feedback ")) {
            String id = question.substring("feedback ".length());
            Feedback newest = new FeedbackTopic(config)
                    .read().stream()
                            .filter(feedback -> feedback.incident().equals(id))
                            .reduce((first, second) -> second)
                            .orElseThrow();
            return "{\"verdict\": \"%s\", \"author\": \"%s\", \"comment\": \"%s\"}"
                    .formatted(newest.verdict(), newest.author(), newest.comment());
        }
        switch (question) {
            case "incident" -> {
                return newIncident();
            }
            case "broker-stop" -> broker.close();
            case "broker-start" -> broker = EmbeddedBroker.start(folder.resolve("broker"), broker.port());
            case "console-stop" -> console.close();
            case "console-start" -> console = Console.start(config);
            default -> throw new IllegalArgumentException("there is no answer to " + question);
        }
        return "{}";
    }

    private static String newIncident() {
        long now = System.currentTimeMillis();
        Incident incident = FLEET.anomaly(
                FleetRecords.entity(30 + made++), now - 30_000, now, Severity.CRITICAL, IncidentState.OPENED, null);
        sendIncidents(List.of(incident));
        return "{\"id\": \"%s\", \"time\": %d}".formatted(incident.id(), System.currentTimeMillis());
    }

    private static String records() {
        return ("{\"token\": \"%s\", \"incident\": \"%s\", \"entity\": \"%s\","
                        + " \"hostile\": {\"entity\": \"%s\", \"incident\": \"%s\"}}")
                .formatted(TOKEN, open.id(), open.entity(), hostile.entity(), hostile.id());
    }

    @Test
    @Order(1)
    @EnabledIfSystemProperty(named = "noether.console.pictures", matches = "true")
    void makesThePicturesOfTheDocuments() throws Exception {
        BrowserChecks.run(
                "pictures.mjs",
                console.url(),
                Map.of(
                        "CONSOLE_RECORDS", records(),
                        "PICTURES", ProjectFiles.file("docs/images").toString()),
                ConsolePageIT::answer);
    }

    @Test
    @Order(2)
    void thePageShowsWhatHappensAndWritesWhatPeopleSay() throws Exception {
        BrowserChecks.run("checks.mjs", console.url(), Map.of("CONSOLE_RECORDS", records()), ConsolePageIT::answer);
    }

    @Test
    @Order(3)
    @Tag("long")
    void theFiguresOfAHundredThousandIncidents() throws Exception {
        sendIncidents(FLEET.past(10_000, 100_000, 30));
        TestingClient client = new TestingClient(console.url());
        Patience.await(
                "the records",
                () -> client.get("/api/incidents?state=all").get("total").asInt() > 100_000,
                () -> "");
        BrowserChecks.run("large.mjs", console.url(), Map.of("CONSOLE_RECORDS", records()), ConsolePageIT::answer);
    }
}
