package dev.noether.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.cli.stream.ObservationPublisher;
import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.owner.OwnerCheck;
import dev.noether.flink.owner.OwnerException;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.ScoreCodec;
import dev.noether.testing.Patience;
import dev.noether.testing.TestingKafka;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two jobs for one detector, aborted transactions and deleted topics, with a real broker. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class OneOwnerIT {
    private static final int ROWS = 50;

    @TempDir
    private static Path brokerFolder;

    @TempDir
    private Path folder;

    private static EmbeddedBroker broker;
    private static Admin admin;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(brokerFolder, 0);
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        admin.close();
        broker.close();
    }

    @Test
    void aSecondJobIsRefusedAndWritesNothing() throws Exception {
        DetectorConfig config = config("two", 1);
        publish(config, 0);
        try (EmbeddedScoring first = EmbeddedScoring.start(config)) {
            awaitScores(config, ROWS);
            assertThatThrownBy(() -> OwnerCheck.require(config, line -> {}))
                    .isInstanceOf(OwnerException.class)
                    .hasMessageContaining("detector two is already scored by process "
                            + ProcessHandle.current().pid())
                    .hasMessageContaining("give this detector another name");

            // Without the check, as if both had started at the same time.
            DetectorConfig elsewhere =
                    config.withCheckpointDirectory(folder.resolve("elsewhere").toUri());
            try (EmbeddedScoring second = EmbeddedScoring.start(elsewhere)) {
                assertThatThrownBy(second::await)
                        .isInstanceOf(StackException.class)
                        .hasMessageContaining("detector two is already scored by process");
            }

            publish(config, ROWS);
            awaitScores(config, 2 * ROWS);
            first.check();
            assertThat(first.status().restarts()).isZero();
        }
        assertEachRowHasOneScore(config, 2 * ROWS);
        OwnerCheck.require(config, line -> {});
    }

    @Tag("long")
    @Test
    void aJobWhoseTransactionsAreAbortedRecovers() throws Exception {
        DetectorConfig config = config("fenced", 1);
        try (EmbeddedScoring scoring = EmbeddedScoring.start(config)) {
            publish(config, 0);
            awaitScores(config, ROWS);
            Patience.await(
                    "a restart",
                    () -> {
                        // Until it hits the one that is open.
                        abortTransactions("noether.fenced.scores");
                        publish(config, scoring.metrics().unscored());
                        return scoring.status().lastFailureTime() > 0;
                    },
                    scoring::status);

            int before = TestingKafka.readAll(
                            broker.bootstrapServers(), config.topics().scores())
                    .size();
            publish(config, 1_000_000);
            awaitScores(config, before + 1);
            Patience.await("a running job", () -> scoring.status().isRunning(), scoring::status);
            assertThat(scoring.status().restarts()).isPositive();
            assertThat(scoring.status().text()).startsWith("restarts ").contains("the last at ");
            scoring.check();
        }
    }

    @Test
    void aTopicThatLostPartitionsWhileTheJobWasStoppedIsReported() throws Exception {
        DetectorConfig config = config("lost", 3);
        try (EmbeddedScoring scoring = EmbeddedScoring.start(config)) {
            publish(config, 0);
            awaitScores(config, ROWS);
        }
        String observations = config.topics().observations();
        admin.deleteTopics(List.of(observations)).all().get();
        admin.createTopics(List.of(new NewTopic(observations, 2, (short) 1)))
                .all()
                .get();
        try (EmbeddedScoring scoring = EmbeddedScoring.start(config)) {
            assertThat(scoring.resumedFrom()).isPresent();
            Patience.await(
                    "a report of the lost partition",
                    () -> scoring.metrics()
                            .topicReport()
                            .contains("the topic lost.observations has 2 of the 3 partitions that this job reads; add"),
                    () -> scoring.metrics().topicReport());
        }
    }

    private DetectorConfig config(String detector, int partitions) {
        DetectorConfig config = DetectorConfig.withDefaults(detector, new FeatureSchema(List.of("a", "b")))
                .withBootstrap(broker.bootstrapServers())
                .withModelStore(folder.resolve("models").toUri())
                .withCheckpointDirectory(folder.resolve("checkpoints").toUri());
        TopicSetup.create(config, partitions, (short) 1);
        return config;
    }

    private static void publish(DetectorConfig config, long from) {
        try (ObservationPublisher publisher =
                new ObservationPublisher(config.kafka(), config.topics().observations(), config.features())) {
            for (long row = from; row < from + ROWS; row++) {
                publisher.send(
                        "host",
                        1_700_000_000_000L + row * 1_000,
                        new float[] {row % 7, row % 5},
                        ObservationPublisher.DeliveryListener.NONE);
            }
            publisher.flush();
        }
    }

    private static void abortTransactions(String prefix) throws Exception {
        List<String> ids = new ArrayList<>();
        for (TransactionListing listing : admin.listTransactions().all().get()) {
            if (listing.transactionalId().startsWith(prefix)) {
                ids.add(listing.transactionalId());
            }
        }
        admin.fenceProducers(ids).all().get();
    }

    private static void awaitScores(DetectorConfig config, int count) throws Exception {
        Patience.await(count + " scores", () -> scoreCount(config) >= count, () -> scoreCount(config));
    }

    private static int scoreCount(DetectorConfig config) {
        return TestingKafka.readAll(broker.bootstrapServers(), config.topics().scores())
                .size();
    }

    private static void assertEachRowHasOneScore(DetectorConfig config, int rows) throws Exception {
        ScoreCodec codec = new ScoreCodec();
        List<Long> times = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record :
                TestingKafka.readAll(broker.bootstrapServers(), config.topics().scores())) {
            times.add(codec.decode(record.value()).eventTime());
        }
        assertThat(times).hasSize(rows);
        assertThat(new HashSet<>(times)).hasSize(rows);
    }
}
