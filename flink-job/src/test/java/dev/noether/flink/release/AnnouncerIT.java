package dev.noether.flink.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.GeneralSection;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.recovery.OpenTransactions;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.DecisionFacts;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.ReleaseCalibration;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.ReleasedArtifact;
import dev.noether.schemas.TrainingRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class AnnouncerIT {
    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(folder, 0);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void aModelAndItsDecisionBecomeVisibleTogether() throws Exception {
        DetectorConfig config = config("together");
        Candidate candidate = Candidate.fromBytes(candidate(config, 3).toBytes());
        assertThat(candidate).isEqualTo(candidate(config, 3));
        try (Announcer announcer = Announcer.open(config)) {
            announcer.announce(candidate.records());
            announcer.announce(candidate.withVersion(4).records());
        }
        ModelsTopicContent content = new ReleaseTopic(config).content();
        assertThat(content.releases()).extracting(ModelRelease::version).containsExactly(3L, 4L);
        assertThat(content.decisions())
                .extracting(decision -> decision.facts().model())
                .containsExactlyElementsOf(
                        content.releases().stream().map(ModelRelease::identity).toList());
    }

    @Test
    void whatAZombieWritesIsNeverVisible() throws Exception {
        DetectorConfig config = config("zombie");
        try (Announcer zombie = Announcer.open(config);
                Announcer successor = Announcer.open(config)) {
            assertThatThrownBy(() -> zombie.announce(candidate(config, 1).records()))
                    .isInstanceOf(FencedAnnouncerException.class)
                    .hasMessage("nothing was written to the topic zombie.models: another process announces models of"
                            + " detector zombie now");
            successor.announce(candidate(config, 2).records());
        }
        assertThat(new ReleaseTopic(config).read())
                .extracting(ModelRelease::version)
                .containsExactly(2L);
    }

    /** As after kill -9 in the middle of an announcement: readers must not wait for its timeout. */
    @Test
    void anAnnouncementThatWasCutShortIsAbortedByTheNextAnnouncer() throws Exception {
        DetectorConfig config = config("cut");
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", broker.bootstrapServers(), "transactional.id", Announcer.transactionalId(config));
        try (KafkaProducer<byte[], byte[]> killed =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            killed.initTransactions();
            killed.beginTransaction();
            killed.send(new ProducerRecord<>(
                            config.topics().models(),
                            new byte[] {1},
                            candidate(config, 1).toBytes().get(0)))
                    .get();
            assertThat(OpenTransactions.list(config))
                    .as("transactions that a start of the scoring job ends")
                    .isEmpty();
            try (Announcer announcer = Announcer.open(config)) {
                announcer.announce(candidate(config, 2).records());
            }
            assertThat(new ReleaseTopic(config).read())
                    .extracting(ModelRelease::version)
                    .containsExactly(2L);
            assertThatThrownBy(killed::commitTransaction).isInstanceOf(RuntimeException.class);
        }
        assertThat(new ReleaseTopic(config).read()).hasSize(1);
    }

    @Test
    void aRequestFencesOffNobody() throws Exception {
        DetectorConfig config = config("asked");
        TrainingRequest request =
                new TrainingRequest(config.detector(), System.currentTimeMillis(), "a person", 5, Long.MAX_VALUE);
        try (Announcer announcer = Announcer.open(config)) {
            Announcer.ask(config, request);
            announcer.announce(candidate(config, 1).records());
        }
        assertThat(new ReleaseTopic(config).content().request()).isEqualTo(request);
        assertThat(new ReleaseTopic(config).read()).hasSize(1);
    }

    @Test
    void withoutExactlyOnceItWritesWithoutTransactions() throws Exception {
        DetectorConfig config = config("plain").with(GeneralSection.EXACTLY_ONCE, false);
        try (Announcer first = Announcer.open(config);
                Announcer second = Announcer.open(config)) {
            first.announce(candidate(config, 1).records());
            second.announce(candidate(config, 2).records());
        }
        assertThat(new ReleaseTopic(config).read()).hasSize(2);
    }

    private static Candidate candidate(DetectorConfig config, long version) {
        ModelRelease release = new ModelRelease(
                config.detector(),
                version,
                new ReleasedArtifact("file:/m", "ab".repeat(32), 1),
                1,
                0,
                ReleaseStage.CHAMPION,
                System.currentTimeMillis() / 100_000 * 100_000,
                new ReleaseCalibration(0.999, 1, 100),
                Map.of());
        return new Candidate(
                release,
                new PromotionDecision.Promoted(new DecisionFacts(
                        config.detector(),
                        release.identity(),
                        null,
                        "A test.",
                        "test",
                        1_700_000_000_000L,
                        List.of())));
    }

    private static DetectorConfig config(String detector) {
        DetectorConfig config = DetectorConfig.withDefaults(detector, new FeatureSchema(List.of("cpu")))
                .withBootstrap(broker.bootstrapServers());
        TopicSetup.create(config, 1, (short) 1);
        return config;
    }
}
