package dev.noether.flink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.embedded.Topic;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.GeneralSection;
import dev.noether.flink.config.TopicSection;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.testing.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TopicCheckIT {
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(directory, 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void saysWhenNoBrokerAnswers() {
        DetectorConfig config = config("silent").withBootstrap("127.0.0.1:1");
        TopicException silent =
                catchThrowableOfType(TopicException.class, () -> TopicCheck.forRetraining(config, SHORT));
        assertThat(silent).hasMessage("no Kafka broker answers at 127.0.0.1:1 within 1 s");
    }

    @Test
    void saysWhenAnAddressIsNone() {
        DetectorConfig config = config("nowhere").withBootstrap("surely-not-there.invalid:9092");
        TopicException nowhere =
                catchThrowableOfType(TopicException.class, () -> TopicCheck.forRetraining(config, SHORT));
        assertThat(nowhere)
                .hasMessageStartingWith("no Kafka client can be created for surely-not-there.invalid:9092: ");
        assertThat(nowhere.problems()).hasSize(1);
    }

    /** Kafka's own consumer says only that it lacks the metadata of a partition. */
    @Test
    void aTopicThatAnImportReadsIsNamedWhenItIsDeleted() throws Exception {
        DetectorConfig config = DetectorConfig.parse("""
                detector: imported
                features: [cpu]
                kafka: {bootstrapServers: '%s'}
                source: {format: json, topics: [telemetry-a, telemetry-b], entity: host, time: ts}
                """.formatted(broker.bootstrapServers()), "test");
        TopicSetup.create(config, 1, (short) 1);
        broker.createTopics(Topic.plain("telemetry-a", 1), Topic.plain("telemetry-b", 1));
        TopicWatch watch = TopicWatch.ofImport(config);
        Duration patience = Duration.ofSeconds(30);
        assertThat(watch.look(patience).problems()).isEmpty();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.deleteTopics(List.of("telemetry-b")).all().get();
        }
        Patience.await(
                "the deletion is seen", () -> !watch.look(patience).problems().isEmpty(), () -> "nothing");
        assertThat(watch.look(patience).problems())
                .containsExactly("the topic telemetry-b, which the import reads (`source.topics`), does not exist; the "
                        + "import goes on when it is created again, or without it when the file no longer names it");
    }

    @Test
    void namesAllTopicsThatAreMissingAndHowToMakeThem() {
        DetectorConfig config = config("missing").with(GeneralSection.PARALLELISM, 2);
        broker.createTopics(Topic.plain("missing.observations", 1));
        assertThat(refusal(config).problems())
                .containsExactly(
                        "the topic missing.scores does not exist; create it with ./noether topics create"
                                + " --config FILE, or with: kafka-topics.sh --bootstrap-server "
                                + broker.bootstrapServers() + " --create --topic missing.scores --partitions 2"
                                + " --config message.timestamp.after.max.ms=9223372036854775807"
                                + " --config message.timestamp.before.max.ms=9223372036854775807",
                        "the topic missing.rejected does not exist; create it with ./noether topics create"
                                + " --config FILE, or with: kafka-topics.sh --bootstrap-server "
                                + broker.bootstrapServers() + " --create --topic missing.rejected --partitions 1"
                                + " --config max.message.bytes=4260864",
                        "the topic missing.models does not exist; create it with ./noether topics create"
                                + " --config FILE, or with: kafka-topics.sh --bootstrap-server "
                                + broker.bootstrapServers() + " --create --topic missing.models --partitions 1"
                                + " --config cleanup.policy=compact",
                        "the topic missing.incidents does not exist; create it with ./noether topics create"
                                + " --config FILE, or with: kafka-topics.sh --bootstrap-server"
                                + " "
                                + broker.bootstrapServers() + " --create --topic missing.incidents --partitions 1"
                                + " --config message.timestamp.after.max.ms=9223372036854775807"
                                + " --config message.timestamp.before.max.ms=9223372036854775807");
    }

    @Test
    void namesAllSettingsThatAreWrongAndHowToSetThem() {
        DetectorConfig config = config("wrong");
        broker.createTopics(
                Topic.plain("wrong.observations", 1),
                Topic.plain("wrong.scores", 1),
                Topic.plain("wrong.rejected", 1),
                Topic.plain("wrong.models", 1),
                Topic.plain("wrong.incidents", 1));
        assertThat(refusal(config).problems())
                .containsExactly(
                        "the topic wrong.scores must have message.timestamp.after.max.ms of at least 86400000 (got"
                                + " 3600000); set it with: kafka-configs.sh --bootstrap-server "
                                + broker.bootstrapServers() + " --alter --topic wrong.scores --add-config"
                                + " message.timestamp.after.max.ms=86400000",
                        "the topic wrong.rejected must have max.message.bytes of at least 4259840 (got 2097152); set it"
                                + " with: kafka-configs.sh --bootstrap-server " + broker.bootstrapServers()
                                + " --alter --topic wrong.rejected --add-config max.message.bytes=4259840",
                        "the topic wrong.models must have cleanup.policy=compact (got delete); set it with:"
                                + " kafka-configs.sh --bootstrap-server " + broker.bootstrapServers()
                                + " --alter --topic wrong.models --add-config cleanup.policy=compact",
                        "the topic wrong.incidents must have message.timestamp.after.max.ms of at least 86400000 (got"
                                + " 3600000); set it with: kafka-configs.sh --bootstrap-server "
                                + broker.bootstrapServers() + " --alter --topic wrong.incidents --add-config"
                                + " message.timestamp.after.max.ms=86400000");
    }

    @Test
    void isContentWithWhatTheSetupMakes() {
        DetectorConfig config = config("right");
        assertThat(TopicSetup.create(config, 2, (short) 1))
                .containsExactlyInAnyOrder(
                        "right.observations",
                        "right.scores",
                        "right.rejected",
                        "right.models",
                        "right.incidents",
                        "right.feedback",
                        "right.undelivered");
        assertThat(TopicCheck.hasFeedback(config)).isTrue();
        assertThatCode(() -> TopicCheck.forFeedback(config)).doesNotThrowAnyException();
        assertThat(TopicSetup.create(config, 2, (short) 1)).isEmpty();
        assertThatCode(() -> TopicCheck.forScoring(config)).doesNotThrowAnyException();
        assertThatCode(() -> TopicCheck.forRetraining(config)).doesNotThrowAnyException();
    }

    @Test
    void aDetectorOfAnEarlierVersionScoresWithoutATopicOfFeedback() {
        DetectorConfig config = config("earlier");
        TopicSetup.create(config.with(TopicSection.FEEDBACK, "another.feedback"), 1, (short) 1);
        assertThatCode(() -> TopicCheck.forScoring(config)).doesNotThrowAnyException();
        assertThat(TopicCheck.hasFeedback(config)).isFalse();
        TopicException refusal = catchThrowableOfType(TopicException.class, () -> TopicCheck.forFeedback(config));
        assertThat(refusal.problems())
                .singleElement()
                .asString()
                .startsWith("the topic earlier.feedback does not exist; create it with ./noether topics create");
    }

    private static TopicException refusal(DetectorConfig config) {
        return catchThrowableOfType(TopicException.class, () -> TopicCheck.forScoring(config));
    }

    private static DetectorConfig config(String detector) {
        return DetectorConfig.withDefaults(detector, new FeatureSchema(List.of("cpu")))
                .withBootstrap(broker.bootstrapServers());
    }
}
