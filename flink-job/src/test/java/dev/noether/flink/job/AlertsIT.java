package dev.noether.flink.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.AlarmSection;
import dev.noether.flink.config.CheckpointSection;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.EntitySection;
import dev.noether.flink.config.IncidentSection;
import dev.noether.flink.config.KafkaSection;
import dev.noether.flink.config.MicroBatchSection;
import dev.noether.flink.config.ModelSection;
import dev.noether.flink.deployment.Prometheus;
import dev.noether.flink.deployment.PrometheusServer;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.scoring.TestingModels;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.artifact.Predictors;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.EngineChoice;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelReleaseCodec;
import dev.noether.testing.Patience;
import dev.noether.testing.TestingKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each alert fires when its cause is made, and not before: a real broker, a real job with Flink's reporter, and a real
 * Prometheus with the rules of the project, a minute of which lasts a second.
 *
 * <p>{@code NoetherModelsDiffer} is not here: the subtasks of one process read one file in one store. {@code
 * AlertRulesTest} judges it on made series.
 */
@Tag("long")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class AlertsIT {
    private static final InMemoryReporter REPORTER = InMemoryReporter.create();
    private static final int PORT = PrometheusServer.freePort();

    @RegisterExtension
    private static final MiniClusterExtension FLINK =
            new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                    .setNumberTaskManagers(1)
                    .setNumberSlotsPerTaskManager(2)
                    .setConfiguration(PrometheusReporting.addTo(REPORTER.addToConfiguration(new Configuration()), PORT))
                    .build());

    private static final int FEATURES = 3;
    private static final int ENTITIES = 10;

    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;
    private static PrometheusServer prometheus;

    private DetectorConfig config;
    private TestingModels models;
    private TestingFeed feed;
    private TestingScoring job;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Prometheus.server().isPresent(), Prometheus.MISSING);
        broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
        prometheus = PrometheusServer.start(PORT, Files.createDirectories(directory.resolve("prometheus")));
    }

    @AfterAll
    static void stop() {
        if (prometheus != null) {
            prometheus.close();
            broker.close();
        }
    }

    @AfterEach
    void stopJob() throws Exception {
        feed.close();
        if (job != null) {
            job.kill();
        }
    }

    @Test
    void aHealthyJobIsQuietThenItsSourceStopsThenTheJob() throws Exception {
        prepare("flow", config -> config.with(IncidentSection.STALL_AFTER, Duration.ofSeconds(2)));
        announce(models.release(1, 0, model()));
        run();
        Thread.sleep(Duration.ofSeconds(25).toMillis());
        assertThat(prometheus.firing(name())).isEmpty();
        feed.pause();
        awaitAlert("SourceStalled");
        awaitAlert("ScoresNothing");
        assertQuiet("IsGone");
        job.kill();
        job = null;
        awaitAlert("IsGone");
    }

    @Test
    void noModelARefusedModelAndAStoreThatIsAway() throws Exception {
        prepare("models", config -> config);
        // Announced before the job starts: refused before Prometheus reads the job for the first time.
        announce(models.release(2, 0, new byte[] {1, 2, 3}, TestingModels.features(FEATURES)));
        run();
        awaitAlert("RefusesModels");
        assertQuiet("ModelPending");
        awaitAlert("HasNoModel");
        String away = directory.resolve("away").resolve("model").toUri().toString();
        announce(
                TestingModels.release(config.detector(), 3, 0, away, "0".repeat(64), TestingModels.features(FEATURES)));
        awaitAlert("ModelPending");
        announce(models.release(4, 0, model()));
        Patience.await(
                "no alert on models",
                () -> !prometheus.firing(name()).contains("HasNoModel")
                        && !prometheus.firing(name()).contains("ModelPending"),
                () -> firing());
    }

    @Test
    void anEntityWhoseClockIsBehindTheFirstModel() throws Exception {
        prepare("behind", config -> config);
        announce(models.release(1, System.currentTimeMillis() - 600_000, model()));
        run();
        assertQuiet("RowsBeforeModel");
        TestingFeed.Tick usual = TestingFeed.usual(ENTITIES);
        feed.set((feed, number) -> {
            usual.send(feed, number);
            feed.observe("host-behind", System.currentTimeMillis() - 3_600_000, feed.values());
        });
        awaitAlert("RowsBeforeModel");
    }

    @Test
    void anomaliesOnManyEntities() throws Exception {
        int entities = 200;
        int ticksBetween = 3;
        prepare("anomalies", config -> config.with(AlarmSection.BUDGET, AlarmBudget.parse("1 per P30D")));
        announce(models.release(1, 0, model()));
        feed.set(TestingFeed.usual(entities));
        run();
        assertQuiet("AlarmsAbovePromise", "ManyEntitiesOverBudget");
        // One entity after the other: the baseline of each learns its first extreme values.
        feed.set((feed, number) -> {
            for (int i = 0; i < entities; i++) {
                float[] values = feed.values();
                if (number % (entities * ticksBetween) == i * ticksBetween) {
                    values[1] = 1_000_000;
                }
                feed.observe("host-" + i, System.currentTimeMillis(), values);
            }
        });
        awaitAlert("AlarmsAbovePromise");
        awaitAlert("ManyEntitiesOverBudget");
    }

    @Test
    void garbageLateRowsWrongClocksAMissingFeatureAndTooManyEntities() throws Exception {
        prepare(
                "records",
                config -> config.with(EntitySection.MAX, 64).with(IncidentSection.STALL_AFTER, Duration.ofSeconds(2)));
        announce(models.release(1, 0, model()));
        run();
        assertQuiet("RejectsRecords", "LateObservations", "ClocksWrong", "FeatureMissing", "ForgetsEntities");
        feed.send("host-1", "no Avro".getBytes(StandardCharsets.UTF_8));
        awaitAlert("RejectsRecords");

        TestingFeed.Tick usual = TestingFeed.usual(ENTITIES);
        feed.set((feed, number) -> {
            usual.send(feed, number);
            for (int i = 0; i < ENTITIES; i++) {
                feed.observe("host-" + i, System.currentTimeMillis() - 3_600_000, feed.values());
            }
        });
        awaitAlert("LateObservations");
        assertQuiet("ClocksWrong");

        feed.set(usual);
        feed.observe("host-0", System.currentTimeMillis() + 7_200_000, feed.values());
        awaitAlert("ClocksWrong");

        feed.set((feed, number) -> {
            for (int i = 0; i < ENTITIES; i++) {
                float[] values = feed.values();
                values[2] = Float.NaN;
                feed.observe("host-" + i, System.currentTimeMillis(), values);
            }
        });
        awaitAlert("FeatureMissing");
        assertQuiet("ForgetsEntities");
        feed.set(TestingFeed.usual(200));
        awaitAlert("ForgetsEntities");
    }

    @Test
    void aModelThatIsSlowerThanTheSource() throws Exception {
        prepare(
                "slow",
                config -> config.with(ModelSection.ENGINE, EngineChoice.REFERENCE)
                        .with(MicroBatchSection.SIZE, 8)
                        // The source counts what waits with each fetch: small ones, because the times of the rules are
                        // short.
                        .with(
                                KafkaSection.PROPERTIES,
                                Map.of("max.partition.fetch.bytes", "8192", "max.poll.records", "50")));
        announce(models.release(1, 0, model()));
        run();
        assertQuiet("FallsBehind");
        int width = FEATURES * config.window().rows();
        ModelArtifact fast = model();
        Autoencoder wide = Autoencoder.initialised(
                new AutoencoderShape(width, List.of(1024, 1024), 3, List.of(1024, 1024)), new SplittableRandom(1));
        ModelArtifact slow = new ModelArtifact(
                fast.features(),
                fast.scaling(),
                new Predictors(config.window().rows(), wide, fast.forecast()),
                fast.rule(),
                fast.baselines(),
                fast.alarms(),
                fast.provenance());
        announce(models.release(2, 0, ArtifactCodec.encode(slow), fast.features()));
        job.awaitModel(2);
        feed.set(TestingFeed.usual(200));
        awaitAlert("FallsBehind");
    }

    @Test
    void aFolderOfCheckpointsThatIsAFile() throws Exception {
        prepare("folder", config -> config);
        run();
        // Flink also counts checkpoints that it could not begin because the job was still starting.
        Patience.await(
                "no CheckpointsFail", () -> !prometheus.firing(name()).contains("CheckpointsFail"), this::firing);
        assertQuiet("CheckpointsStopped", "Restarts");
        Path folder = Path.of(config.checkpoints().directory());
        Files.move(folder, folder.resolveSibling("moved"));
        Files.writeString(folder, "a file");
        // Each checkpoint that fails restarts the job.
        awaitAlert("CheckpointsFail");
        awaitAlert("Restarts");
        awaitAlert("CheckpointsStopped");
    }

    @Test
    void transactionsThatAreFencedBeforeTheirCommit() throws Exception {
        prepare("commits", config -> config);
        run();
        String checkpoint = job.cancel();
        job = null;
        assertQuiet("CommitsFail");
        // The transactions of the checkpoint have the old epochs.
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) broker.bootstrapServers()))) {
            List<String> ids = admin.listTransactions().all().get().stream()
                    .map(TransactionListing::transactionalId)
                    .filter(id -> id.startsWith("noether." + config.detector() + "."))
                    .toList();
            admin.fenceProducers(ids).all().get();
        }
        job = TestingScoring.start(broker, REPORTER, config, checkpoint);
        awaitAlert("CommitsFail");
    }

    @Test
    void retentionRemovesObservationsUnread() throws Exception {
        prepare("removed", config -> config);
        run();
        String checkpoint = job.cancel();
        job = null;
        assertQuiet("LosesObservations");
        Thread.sleep(Duration.ofSeconds(1).toMillis());
        long end = TopicReader.endOffsets(config, config.topics().observations())[0];
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) broker.bootstrapServers()))) {
            TopicPartition partition = new TopicPartition(config.topics().observations(), 0);
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(end)))
                    .all()
                    .get();
        }
        job = TestingScoring.start(broker, REPORTER, config, checkpoint);
        awaitAlert("LosesObservations");
    }

    @Test
    void aTopicIsDeletedAndCreatedAgainAndTheBrokerGoesAway() throws Exception {
        prepare("owner", config -> config);
        run();
        Thread.sleep(Duration.ofSeconds(8).toMillis());
        assertQuiet("TopicProblems", "TopicCreatedAgain", "NotOwner");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) broker.bootstrapServers()))) {
            admin.deleteTopics(List.of(config.topics().rejected())).all().get();
        }
        awaitAlert("TopicProblems");
        TopicSetup.create(config, 1, (short) 1);
        awaitAlert("TopicCreatedAgain");
        assertQuiet("NotOwner");
        int port = broker.port();
        broker.close();
        awaitAlert("NotOwner");
        broker = EmbeddedBroker.start(directory.resolve("broker"), port);
        Patience.await("an owner", () -> !prometheus.firing(name()).contains("NotOwner"), () -> firing());
    }

    private void prepare(String detector, UnaryOperator<DetectorConfig> settings) {
        config = settings.apply(DetectorConfig.withDefaults(detector, TestingModels.features(FEATURES))
                .withBootstrap(broker.bootstrapServers())
                .withCheckpointDirectory(
                        directory.resolve("checkpoints-" + detector).toUri())
                .with(EntitySection.DISORDER, Duration.ofMillis(500))
                .with(EntitySection.IDLENESS, Duration.ofMillis(500))
                .with(CheckpointSection.INTERVAL, Duration.ofMillis(500)));
        TopicSetup.create(config, 1, (short) 1);
        models = new TestingModels(directory.resolve("models"), detector);
        feed = new TestingFeed(config);
        feed.set(TestingFeed.usual(ENTITIES));
    }

    /** Starts the job; returns when Prometheus knows it, and it has read observations. */
    private void run() throws Exception {
        job = TestingScoring.start(broker, REPORTER, config, null);
        job.awaitScores(ENTITIES);
        Patience.await("metrics of " + name() + " in Prometheus", this::isRunning, () -> "none");
    }

    private boolean isRunning() throws Exception {
        return prometheus.value("flink_taskmanager_job_task_operator_noether_scored{job_name=\"" + name() + "\"}") >= 0;
    }

    private ModelArtifact model() {
        return TestingModels.model(FEATURES, config.window().rows(), 3);
    }

    private void announce(ModelRelease release) throws Exception {
        byte[] key = (config.detector() + "/" + release.version()).getBytes(StandardCharsets.UTF_8);
        TestingKafka.send(
                broker.bootstrapServers(),
                List.of(new ProducerRecord<>(config.topics().models(), key, new ModelReleaseCodec().encode(release))));
    }

    /** The job's name as Flink's reporter writes it. */
    private String name() {
        return ScoringJob.name(config).replace(' ', '_');
    }

    private Object firing() {
        try {
            return prometheus.firing(name());
        } catch (Exception e) {
            return e;
        }
    }

    private void assertQuiet(String... alerts) throws Exception {
        assertThat(prometheus.firing(name())).doesNotContain(alerts);
    }

    private void awaitAlert(String alert) throws Exception {
        Patience.await(alert, () -> prometheus.firing(name()).contains(alert), this::firing);
    }
}
