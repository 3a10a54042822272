package dev.noether.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.embedded.Topic;
import dev.noether.flink.config.CheckpointSection;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.deployment.MonitoringFiles;
import dev.noether.flink.deployment.Prometheus;
import dev.noether.flink.deployment.PrometheusServer;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.scoring.TestingModels;
import dev.noether.schemas.ModelReleaseCodec;
import dev.noether.testing.Patience;
import dev.noether.testing.TestingKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.CharacterFilter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The running jobs, scoring and import, export each metric of the alerts and the dashboard, by the name that Prometheus reads. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class MonitoringIT {
    private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();
    private static final int PORT = PrometheusServer.freePort();

    @RegisterExtension
    private static final MiniClusterExtension FLINK =
            new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                    .setNumberTaskManagers(1)
                    .setNumberSlotsPerTaskManager(1)
                    .setConfiguration(PrometheusReporting.addTo(REPORTER.addToConfiguration(new Configuration()), PORT))
                    .build());

    private static final int FEATURES = 3;
    private static final int ROWS = 50;
    /** Prometheus' names know letters, digits, colons and underscores alone. */
    private static final CharacterFilter FILTER = text -> text.replaceAll("[^a-zA-Z0-9:_]", "_");

    @TempDir
    private static Path directory;

    @Test
    void alertsAndDashboardAskForMetricsThatThereAre() throws Exception {
        Set<String> asked = MonitoringFiles.metrics();
        assertThat(asked).hasSizeGreaterThan(20);
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0)) {
            DetectorConfig config = DetectorConfig.withDefaults("watched", TestingModels.features(FEATURES))
                    .withBootstrap(broker.bootstrapServers())
                    .withCheckpointDirectory(directory.resolve("checkpoints").toUri())
                    .with(CheckpointSection.INTERVAL, Duration.ofMillis(200));
            TopicSetup.create(config, 1, (short) 1);
            TestingModels models = new TestingModels(directory.resolve("models"), config.detector());
            TestingKafka.send(
                    broker.bootstrapServers(),
                    List.of(new ProducerRecord<>(
                            config.topics().models(),
                            "watched/1".getBytes(StandardCharsets.UTF_8),
                            new ModelReleaseCodec()
                                    .encode(models.release(
                                            1,
                                            0,
                                            TestingModels.model(
                                                    FEATURES, config.window().rows(), 3))))));
            TestingStream stream = new TestingStream(broker, config);
            for (int i = 0; i < ROWS; i++) {
                stream.add("host-" + i % 5, 1_700_000_000_000L + i * 100L, new float[] {i, -i, i * i});
            }
            stream.trickle(0, ROWS);
            TestingScoring scoring = TestingScoring.start(broker, REPORTER, config, null);
            stream.awaitSent();
            scoring.awaitScores(ROWS);
            awaitAnAlert(broker, config);
            scoring.cancel();
            runAnImport(broker);
        }
        assertThat(registered()).containsAll(asked);
    }

    /** The alerts on an import ask for metrics of its job. */
    private static void runAnImport(EmbeddedBroker broker) throws Exception {
        DetectorConfig config = DetectorConfig.parse(
                """
                detector: imported
                features: [cpu]
                kafka: {bootstrapServers: '%s'}
                checkpoints: {interval: PT0.2S, directory: '%s'}
                source:
                  format: json
                  entity: host
                  time: ts
                  interval: PT60S
                  metric: {name: metric, value: value}
                  topics: [values]
                """.formatted(
                        broker.bootstrapServers(), directory.resolve("import").toUri()),
                "test");
        TopicSetup.create(config, 1, (short) 1);
        broker.createTopics(Topic.plain("values", 1));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(JobSettings.of(config));
        ImportJob.define(environment, config, Duration.ofMillis(300));
        JobClient job = environment.executeAsync(ImportJob.name(config));
        Patience.await(
                "metrics of the import",
                () -> registered().stream().anyMatch(name -> name.endsWith("_secondsSinceRow")),
                () -> "none");
        job.cancel().get();
    }

    /** A real Prometheus reads Flink's reporter, and an alert fires. {@code AlertsIT} does this with each alert. */
    private static void awaitAnAlert(EmbeddedBroker broker, DetectorConfig config) throws Exception {
        if (Prometheus.server().isEmpty()) {
            LoggerFactory.getLogger(MonitoringIT.class).warn(Prometheus.MISSING);
            return;
        }
        TestingKafka.send(
                broker.bootstrapServers(),
                List.of(new ProducerRecord<>(config.topics().observations(), new byte[] {1, 2, 3})));
        Path folder = Files.createDirectories(directory.resolve("prometheus"));
        try (PrometheusServer prometheus = PrometheusServer.start(PORT, folder)) {
            Patience.await(
                    "RejectsRecords",
                    () -> prometheus.firing("noether_scoring_watched").contains("RejectsRecords"),
                    () -> "no such alert");
        }
    }

    /** As Flink's reporter for Prometheus makes them. */
    private static Set<String> registered() {
        Set<String> names = new TreeSet<>();
        REPORTER.getMetricsByGroup().forEach((group, metrics) -> {
            String scope = scope(group);
            metrics.keySet().forEach(name -> names.add("flink_" + scope + "_" + FILTER.filterCharacters(name)));
        });
        return names;
    }

    private static String scope(MetricGroup group) {
        return ((AbstractMetricGroup<?>) group).getLogicalScope(FILTER, '_');
    }
}
