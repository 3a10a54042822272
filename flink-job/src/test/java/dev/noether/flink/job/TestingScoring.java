package dev.noether.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.emit.KafkaSinks;
import dev.noether.flink.ingest.IngestSource;
import dev.noether.flink.ingest.StartingPoint;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.schemas.Score;
import dev.noether.schemas.output.OutputCodec;
import dev.noether.testing.Patience;
import dev.noether.testing.TestingKafka;
import dev.noether.testing.TestingKafka.Place;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.util.TestUtils;
import org.jspecify.annotations.Nullable;

/** A running scoring job, as {@link ScoringJob#main} would submit it, and what it has committed. */
final class TestingScoring {
    private final EmbeddedBroker broker;
    private final InMemoryReporter reporter;
    private final DetectorConfig config;
    private final JobClient job;

    private TestingScoring(EmbeddedBroker broker, InMemoryReporter reporter, DetectorConfig config, JobClient job) {
        this.broker = broker;
        this.reporter = reporter;
        this.config = config;
        this.job = job;
    }

    /** Starts the job, from a checkpoint or savepoint if there is one. */
    static TestingScoring start(
            EmbeddedBroker broker, InMemoryReporter reporter, DetectorConfig config, @Nullable String recoveryPath)
            throws Exception {
        return start(broker, reporter, config, recoveryPath, "hashmap");
    }

    /** Starts a job from a checkpoint that commits nothing. */
    static TestingScoring startUncommitted(
            EmbeddedBroker broker, InMemoryReporter reporter, DetectorConfig config, String checkpoint)
            throws Exception {
        Configuration settings = JobSettings.of(config);
        settings.set(StateRecoveryOptions.SAVEPOINT_PATH, checkpoint);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        ReleaseTopic releases = new ReleaseTopic(config);
        KafkaSinks sinks = new KafkaSinks(config);
        ScoringJob.define(
                environment,
                config,
                IngestSource.streaming(config, new StartingPoint.Earliest()),
                releases.source(),
                releases,
                new UncommittedSink<>(sinks.scores()),
                new UncommittedSink<>(sinks.incidents()),
                new UncommittedSink<>(sinks.rejected()));
        return new TestingScoring(broker, reporter, config, environment.executeAsync(ScoringJob.name(config)));
    }

    /** Starts the job as a recovery or an ordinary start prescribes. */
    static TestingScoring begin(
            EmbeddedBroker broker, InMemoryReporter reporter, DetectorConfig config, ScoringStart start)
            throws Exception {
        Configuration settings = JobSettings.of(config);
        start.checkpoint()
                .ifPresent(path -> settings.set(
                        StateRecoveryOptions.SAVEPOINT_PATH, path.toUri().toString()));
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        ScoringJob.define(environment, config, start.plan());
        return new TestingScoring(broker, reporter, config, environment.executeAsync(ScoringJob.name(config)));
    }

    /** Starts the job with a state backend other than the heap, by its name in {@code state.backend.type}. */
    static TestingScoring start(
            EmbeddedBroker broker,
            InMemoryReporter reporter,
            DetectorConfig config,
            @Nullable String recoveryPath,
            String stateBackend)
            throws Exception {
        Configuration settings = JobSettings.of(config);
        settings.set(StateBackendOptions.STATE_BACKEND, stateBackend);
        if (recoveryPath != null) {
            settings.set(StateRecoveryOptions.SAVEPOINT_PATH, recoveryPath);
        }
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        ScoringJob.define(environment, config);
        return new TestingScoring(broker, reporter, config, environment.executeAsync(ScoringJob.name(config)));
    }

    /** Waits until at least so many scores are committed. */
    void awaitScores(int count) throws Exception {
        Patience.await(
                count + " committed scores of " + config.detector(),
                () -> {
                    requireAlive();
                    return TestingKafka.readAll(
                                            broker.bootstrapServers(),
                                            config.topics().scores())
                                    .size()
                            >= count;
                },
                () -> TestingKafka.readAll(
                                        broker.bootstrapServers(),
                                        config.topics().scores())
                                .size() + " of them");
    }

    /** Waits until at least so many rejected records are committed. */
    void awaitRejected(int count) throws Exception {
        Patience.await(
                count + " committed rejected records of " + config.detector(),
                () -> TestingKafka.readAll(
                                        broker.bootstrapServers(),
                                        config.topics().rejected())
                                .size()
                        >= count,
                () -> TestingKafka.readAll(
                                        broker.bootstrapServers(),
                                        config.topics().rejected())
                                .size() + " of them");
    }

    /** Waits until every scoring subtask has this model as its newest. */
    void awaitModel(long version) throws Exception {
        Patience.await(
                "model " + version + " in " + config.parallelism() + " subtasks",
                () -> metrics("modelVersion").values().stream()
                                .filter(metric -> ((Gauge<?>) metric).getValue().equals(version))
                                .count()
                        == config.parallelism(),
                () -> metrics("modelVersion").keySet());
    }

    /** Waits until all scoring subtasks together have refused so many releases. */
    void awaitRefused(long count) throws Exception {
        Patience.await(count + " refusals", () -> refused() == count, () -> refused() + " of them");
    }

    /** How often the job was restarted. */
    long restarts() {
        return reporter.findMetrics(job.getJobID(), "numRestarts$").values().stream()
                .mapToLong(metric -> ((Number) ((Gauge<?>) metric).getValue()).longValue())
                .max()
                .orElse(0);
    }

    /** Sum of a counter over all operators and subtasks. */
    long count(String name) {
        return reporter.findMetrics(job.getJobID(), "noether\\." + name + "$").values().stream()
                .mapToLong(metric -> ((Counter) metric).getCount())
                .sum();
    }

    /** Waits until a gauge has a value, summed over all operators and subtasks. */
    void awaitGauge(String name, long value) throws Exception {
        Patience.await(name + " of " + value, () -> gauge(name) == value, () -> gauge(name));
    }

    private long gauge(String name) {
        return reporter.findMetrics(job.getJobID(), "noether\\." + name + "$").values().stream()
                .mapToLong(metric -> ((Number) ((Gauge<?>) metric).getValue()).longValue())
                .sum();
    }

    /** Cancels and waits for the end, as a kill would leave the transactions. */
    void kill() throws Exception {
        job.cancel().get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
        Patience.await("the job's end", () -> job.getJobStatus().get().isGloballyTerminalState(), () -> "no end");
    }

    private long refused() {
        return metrics("modelsRefused").values().stream()
                .mapToLong(metric -> ((Counter) metric).getCount())
                .sum();
    }

    /** Stops with a savepoint and returns where it is. */
    String stopWithSavepoint(Path directory) throws Exception {
        return job.stopWithSavepoint(false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
                .get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
    }

    /** Cancels, whatever is under way, and returns the newest checkpoint that stayed. */
    String cancel() throws Exception {
        job.cancel().get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
        Patience.await("the job's end", () -> job.getJobStatus().get().isGloballyTerminalState(), () -> "no end");
        return TestUtils.getMostRecentCompletedCheckpoint(
                        Path.of(config.checkpoints().directory())
                                .resolve(job.getJobID().toString())
                                .toFile())
                .toURI()
                .toString();
    }

    /** The committed scores by the place of their observation; fails where there is a second one for a place. */
    static Map<Place, Score> scores(EmbeddedBroker broker, DetectorConfig config) throws Exception {
        Map<Place, Score> scores = new HashMap<>();
        for (var record :
                TestingKafka.readAll(broker.bootstrapServers(), config.topics().scores())) {
            Score score = OutputCodec.scores().decode(record.value());
            Score former = scores.put(new Place(score.sourcePartition(), score.sourceOffset()), score);
            assertThat(former).as("a second score of one observation").isNull();
        }
        return scores;
    }

    private Map<String, Metric> metrics(String name) {
        return reporter.findMetrics(job.getJobID(), "score\\.\\d+\\.noether\\." + name + "$");
    }

    private void requireAlive() throws Exception {
        assertThat(job.getJobStatus()
                        .get(Patience.LONG.toSeconds(), TimeUnit.SECONDS)
                        .isTerminalState())
                .as("whether the job ended by itself")
                .isFalse();
    }
}
