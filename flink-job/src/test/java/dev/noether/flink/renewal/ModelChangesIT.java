package dev.noether.flink.renewal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.DriftPolicy;
import dev.noether.flink.config.ModelSection;
import dev.noether.flink.config.RetrainingSection;
import dev.noether.flink.config.SigningSection;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.release.AnnouncementException;
import dev.noether.flink.release.Announcer;
import dev.noether.flink.release.ModelChange;
import dev.noether.flink.release.ModelPublication;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.flink.retrain.ScoresTail;
import dev.noether.flink.scoring.TestingModels;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelsRecord;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.ReleaseCalibration;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.Score;
import dev.noether.schemas.ScoreCodec;
import dev.noether.schemas.Verdict;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
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

/** Withdrawals and promotions on a real models topic, with the scores that they depend on. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ModelChangesIT {
    private static final int FEATURES = 2;
    private static final int ENTITIES = 20;
    private static final long MINUTE = 60_000;
    private static final long START = 1_750_000_000_000L;
    private static final ModelChange.Reason REASON = new ModelChange.Reason("a person", "It is noisy.", List.of());

    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void aModelThatAlarmsEverywhereIsWithdrawnByTheProbation() throws Exception {
        DetectorConfig config = config("noisy");
        ModelRelease first = release(config, 1, START);
        ModelRelease second = release(config, 2, START + 60 * MINUTE);
        LeaderDuty duty = LeaderDuties.of(config).get(0);
        try (Announcer announcer = Announcer.open(config);
                KafkaProducer<byte[], byte[]> scores = producer(config)) {
            announcer.announce(List.of(first, second));
            score(config, scores, first, 0, 60, false);
            assertThat(duty.look(content(config))).isEmpty();
            score(config, scores, second, 60, 63, true);
            List<ModelsRecord> records = duty.look(content(config));
            assertThat(records).hasSize(2);
            announcer.announce(records);
            // Nothing of this was committed yet.
            scores.abortTransaction();
        }
        ModelRelease ended = content(config).releases().get(1);
        assertThat(ended.stage()).isEqualTo(ReleaseStage.RETIRED);
        assertThat(ended.effectiveTo()).isBetween(START + 62 * MINUTE + 1, START + 63 * MINUTE);
        PromotionDecision decision = content(config).decisions().get(0);
        assertThat(decision).isInstanceOf(PromotionDecision.Withdrawn.class);
        assertThat(decision.facts().decidedBy()).isEqualTo("probation");
        assertThat(decision.facts().reason())
                .startsWith("20 of about 20 entities alarm from the first row on that this model scores");
        assertThat(decision.facts().champion()).isEqualTo(first.identity());
        assertThat(duty.look(content(config))).as("the model before it").isEmpty();
    }

    @Test
    void aModelThatKeepsItsBudgetPassesItsProbation() throws Exception {
        DetectorConfig config = config("quiet");
        ModelRelease first = release(config, 1, START);
        ModelRelease second = release(config, 2, START + 60 * MINUTE);
        LeaderDuty duty = LeaderDuties.of(config).get(0);
        try (Announcer announcer = Announcer.open(config);
                KafkaProducer<byte[], byte[]> scores = producer(config)) {
            announcer.announce(List.of(first, second));
            score(config, scores, second, 60, 120, false);
            assertThat(duty.look(content(config))).isEmpty();
            score(config, scores, second, 180, 182, false);
            assertThat(duty.look(content(config))).isEmpty();
            // The probation is over: what it does later is for people and for the next training.
            score(config, scores, second, 182, 190, true);
            assertThat(duty.look(content(config))).isEmpty();
            scores.abortTransaction();
        }
    }

    @Test
    void aPersonWithdrawsAModelAndPromotesItAgainUnderANewVersion() throws Exception {
        DetectorConfig config = config("by-hand");
        ModelRelease first = release(config, 1, START);
        ModelRelease second = release(config, 2, START + 60 * MINUTE);
        try (Announcer announcer = Announcer.open(config);
                KafkaProducer<byte[], byte[]> scores = producer(config)) {
            announcer.announce(List.of(first, second));
            score(config, scores, second, 60, 70, false);
            long newest = ScoresTail.newestEventTime(config).orElseThrow();
            assertThat(newest).as("also what is not committed").isEqualTo(START + 69 * MINUTE);
            long end = Withdrawal.end(config, newest);
            ModelRelease ended = Withdrawal.announce(config, change -> change.find(2), end, REASON);
            assertThat(ended.effectiveTo()).isEqualTo(newest + 1 + 10_000);
            assertThat(card(ended))
                    .as("the card says it")
                    .contains("| stage | RETIRED |", "## Withdrawn by a person at ", "It is noisy.");
            assertThatThrownBy(() -> announcer.announce(List.of(first)))
                    .as("the announcer before is fenced off")
                    .isInstanceOf(AnnouncementException.class);
            ModelRelease again = Promotion.announce(config, ended, Promotion.from(config, newest, false), REASON);
            assertThat(again.version()).isEqualTo(3);
            assertThat(again.artifact().sha256()).isEqualTo(second.artifact().sha256());
            assertThat(again.effectiveFrom()).isEqualTo(newest + 1 + MINUTE);
            assertThat(Path.of(URI.create(again.artifact().uri()))).exists();
            assertThat(card(again)).contains("# Model 3 of", "| stage | CHAMPION |", "## Promoted by a person at ");
            scores.abortTransaction();
        }
        ModelChange change = new ModelChange(content(config), 0);
        assertThat(versionAt(change, START + 65 * MINUTE)).isEqualTo(2);
        assertThat(versionAt(change, START + 69 * MINUTE + 30_000)).isEqualTo(1);
        assertThat(versionAt(change, START + 80 * MINUTE)).isEqualTo(3);
    }

    @Test
    void aModelWhoseFileIsDamagedIsNotPromotedAndOneFarAheadIsNotAnnounced() throws Exception {
        DetectorConfig config = config("damaged");
        ModelRelease refused = release(config, 1, START).inStage(ReleaseStage.REFUSED, START, ModelRelease.NO_END, 1);
        try (Announcer announcer = Announcer.open(config)) {
            announcer.announce(List.of(refused));
            ModelRelease ahead = release(
                    config, 2, System.currentTimeMillis() + Duration.ofDays(400).toMillis());
            assertThatThrownBy(() -> announcer.announce(List.of(ahead)))
                    .isInstanceOf(AnnouncementException.class)
                    .hasMessageStartingWith("model 2 is not announced: it would score from event time ");
        }
        Files.write(Path.of(URI.create(refused.artifact().uri())), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> Promotion.announce(config, refused, START, REASON))
                .isInstanceOf(AnnouncementException.class)
                .hasMessageStartingWith("model 1 cannot");
        assertThat(content(config).releases()).containsExactly(refused);
    }

    @Test
    void aCopyThatNoTrustedKeyHasSignedIsNotAnnounced() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path secret = pem("PRIVATE KEY", pair.getPrivate());
        DetectorConfig config = config("signed")
                .with(
                        SigningSection.TRUSTED,
                        List.of(pem("PUBLIC KEY", pair.getPublic()).toString()));
        DetectorConfig signing = config.with(SigningSection.KEY, secret.toString());
        ModelRelease first = new ModelPublication(signing)
                .publish(TestingModels.model(FEATURES, config.window().rows(), 1), 1, START, 1);
        ModelRelease second = release(config, 2, START + MINUTE);
        try (Announcer announcer = Announcer.open(config)) {
            announcer.announce(List.of(first, second));
        }
        assertThatThrownBy(() -> Promotion.announce(config, first, START + 2 * MINUTE, REASON))
                .isInstanceOf(AnnouncementException.class)
                .hasMessageStartingWith("model 3 cannot score: it is not signed");
        assertThat(content(config).releases()).containsExactly(first, second);
        assertThat(Promotion.announce(signing, first, START + 2 * MINUTE, REASON)
                        .version())
                .isEqualTo(3);
    }

    private static Path pem(String kind, Key key) throws Exception {
        String text = Base64.getMimeEncoder().encodeToString(key.getEncoded());
        return Files.writeString(
                folder.resolve(kind.charAt(1) + ".pem"),
                "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }

    private static String card(ModelRelease release) throws Exception {
        return Files.readString(Path.of(URI.create(release.artifact().uri() + ".md")));
    }

    private static long versionAt(ModelChange change, long time) {
        ModelRelease release = change.inForce(time);
        return release == null ? Score.NO_MODEL : release.version();
    }

    private static ModelsTopicContent content(DetectorConfig config) {
        return new ReleaseTopic(config).content();
    }

    private static DetectorConfig config(String name) {
        DetectorConfig config = DetectorConfig.withDefaults(name, TestingModels.features(FEATURES))
                .withBootstrap(broker.bootstrapServers())
                .with(RetrainingSection.DRIFT, DriftPolicy.OFF)
                .with(ModelSection.STORE, folder.resolve("models").toUri());
        TopicSetup.create(config, 1, (short) 1);
        return config;
    }

    private static ModelRelease release(DetectorConfig config, long version, long from) {
        TestingModels models = new TestingModels(folder.resolve("models"), config.detector());
        ModelRelease stored = models.release(
                version, from, TestingModels.model(FEATURES, config.window().rows(), version));
        return new ModelRelease(
                stored.detector(),
                version,
                stored.artifact(),
                stored.featureSchemaFingerprint(),
                from,
                stored.stage(),
                stored.announcedAt(),
                new ReleaseCalibration(1 - 1e-5, 5, 10_000),
                stored.provenance());
    }

    private static KafkaProducer<byte[], byte[]> producer(DetectorConfig config) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", config.detector() + "-test");
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        return producer;
    }

    /** Writes the scores of all entities, one a minute, in a transaction that stays open. */
    private static void score(
            DetectorConfig config,
            KafkaProducer<byte[], byte[]> producer,
            ModelRelease model,
            int fromMinute,
            int toMinute,
            boolean isAnomalous) {
        ScoreCodec codec = new ScoreCodec();
        for (int minute = fromMinute; minute < toMinute; minute++) {
            long time = START + minute * MINUTE;
            for (int entity = 0; entity < ENTITIES; entity++) {
                Score score = new Score(
                        config.detector(),
                        "host-" + entity,
                        time,
                        time + 1,
                        0,
                        (long) minute * ENTITIES + entity,
                        isAnomalous ? Verdict.ANOMALOUS : Verdict.NORMAL,
                        null,
                        isAnomalous ? 9 : 1,
                        0.1,
                        5,
                        List.of(),
                        List.of(),
                        model.version(),
                        Double.NaN,
                        null,
                        List.of(),
                        null,
                        model.identity().shortHash());
                producer.send(new ProducerRecord<>(config.topics().scores(), null, time, null, codec.encode(score)));
            }
        }
        producer.flush();
    }
}
