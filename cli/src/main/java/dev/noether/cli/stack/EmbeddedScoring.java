package dev.noether.cli.stack;

import dev.noether.flink.config.CheckpointOptions;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.job.JobSettings;
import dev.noether.flink.job.LocalFlink;
import dev.noether.flink.job.RetainedCheckpoints;
import dev.noether.flink.job.ScoringJob;
import dev.noether.flink.job.ScoringStart;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scoring job on its own Flink cluster inside this JVM. It continues from the newest checkpoint of the detector in
 * {@code checkpoints.directory}, if there is one. Thread-safe.
 */
public final class EmbeddedScoring implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedScoring.class);
    /** Default of {@code checkpoints.directory} in version 0.1. */
    private static final Path EARLIER_DEFAULT = Path.of(".noether", "checkpoints");

    private static final Duration SUBMIT_TIMEOUT = Duration.ofSeconds(60);
    /** Cancelling and closing together take at most three of the five seconds that Ctrl-C may take. */
    private static final Duration CANCEL_TIMEOUT = Duration.ofMillis(1_500);

    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(1_500);

    private final ObservedMiniCluster cluster;
    private final JobMetrics metrics;
    private final JobID job;
    private final ScoringStart start;
    private final JobSupervisor supervisor;
    private final CompletableFuture<JobResult> result;

    private EmbeddedScoring(ObservedMiniCluster cluster, JobMetrics metrics, JobID job, ScoringStart start) {
        this.cluster = cluster;
        this.metrics = metrics;
        this.job = job;
        this.start = start;
        this.supervisor = new JobSupervisor(cluster, job, metrics);
        this.result = cluster.requestJobResult(job);
        supervisor.start();
    }

    /**
     * Starts the job; returns when Flink has accepted it.
     *
     * @throws StackException if Flink does not start or rejects the job
     */
    public static EmbeddedScoring start(DetectorConfig config) throws InterruptedException {
        return start(config, ScoringStart.resume(config, checkpoints(config)));
    }

    /**
     * Starts the job from a given point; returns when Flink has accepted it.
     *
     * @throws StackException if Flink does not start or rejects the job
     */
    public static EmbeddedScoring start(DetectorConfig config, ScoringStart start) throws InterruptedException {
        Configuration settings = LocalFlink.settings(JobSettings.of(config));
        StreamExecutionEnvironment environment = new StreamExecutionEnvironment(settings);
        ScoringJob.define(environment, config, start.plan());
        StreamGraph plan = environment.getStreamGraph();
        plan.setJobName(ScoringJob.name(config));
        JobGraph graph = plan.getJobGraph();
        graph.setJobID(id(config.detector()));
        Optional<Path> checkpoint = start.checkpoint();
        checkpoint.ifPresent(path -> graph.setSavepointRestoreSettings(
                SavepointRestoreSettings.forPath(path.toUri().toString(), false, RecoveryClaimMode.CLAIM)));
        RetainedCheckpoints.removeOutdated(checkpoints(config));
        JobMetrics metrics = new JobMetrics();
        ObservedMiniCluster cluster = new ObservedMiniCluster(
                new MiniClusterConfiguration.Builder()
                        .setConfiguration(settings)
                        .setNumTaskManagers(1)
                        .setNumSlotsPerTaskManager(config.parallelism())
                        .withRandomPorts()
                        .build(),
                metrics);
        try {
            cluster.start();
            cluster.submitJob(graph).get(SUBMIT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            LOG.info(
                    "The scoring job of detector {} starts {}.",
                    config.detector(),
                    checkpoint.map(path -> "from " + path).orElse("with empty state"));
            return new EmbeddedScoring(cluster, metrics, graph.getJobID(), start);
        } catch (InterruptedException exception) {
            cluster.closeAsync();
            throw exception;
        } catch (Exception exception) {
            cluster.closeAsync();
            throw new StackException(
                    "the Flink cluster inside this process does not start: " + FailureCause.of(exception), exception);
        }
    }

    /** Returns the checkpoints and savepoints of a detector, the newest first. */
    public static List<Path> checkpoints(DetectorConfig config) {
        URI directory = config.checkpoints().directory();
        JobID job = id(config.detector());
        List<Path> checkpoints = RetainedCheckpoints.all(directory, job);
        boolean isDefault = directory.equals(CheckpointOptions.defaultDirectory(config.detector()));
        return checkpoints.isEmpty() && isDefault
                ? RetainedCheckpoints.all(EARLIER_DEFAULT.toAbsolutePath().toUri(), job)
                : checkpoints;
    }

    /** Job id of a detector: detectors that share a checkpoint directory each find their own checkpoints. */
    static JobID id(String detector) {
        UUID id = UUID.nameUUIDFromBytes(detector.getBytes(StandardCharsets.UTF_8));
        return new JobID(id.getLeastSignificantBits(), id.getMostSignificantBits());
    }

    /** Live metrics of the job. */
    public JobMetrics metrics() {
        return metrics;
    }

    /** Checkpoint that the job continued from; empty if it started with empty state. */
    public Optional<Path> resumedFrom() {
        return start.checkpoint();
    }

    /** Says in one sentence what the job of a detector reads and writes, and where it began. */
    public String describe(DetectorConfig config) {
        return "Scoring " + config.topics().observations() + " of "
                + config.kafka().bootstrapServers() + " into " + config.topics().scores()
                + resumedFrom().map(path -> ", from checkpoint " + path).orElse("") + ".";
    }

    /** What was unusual about the start, one line each. */
    public List<String> startMessages() {
        return start.messages();
    }

    /** What the job does at the moment. */
    public ScoringStatus status() {
        return supervisor.status();
    }

    /**
     * Checks that the job is running or restarting.
     *
     * @throws StackException if it has ended or cannot restart
     */
    public void check() {
        String end = supervisor.end();
        if (end != null) {
            throw new StackException("the scoring job has ended: " + end);
        }
        if (result.isDone()) {
            String reason = result.handle((ended, failure) -> failure != null
                            ? FailureCause.of(failure)
                            : ended.getSerializedThrowable()
                                    .map(FailureCause::of)
                                    .orElse("it was cancelled"))
                    .join();
            throw new StackException("the scoring job has ended: " + reason);
        }
    }

    /** Waits until the job has ended, by a failure or because it was stopped. */
    public void await() throws InterruptedException {
        try {
            result.get();
        } catch (ExecutionException failure) {
            // Reported by check().
        }
        check();
    }

    /** Cancels the job and stops Flink, within three seconds. The newest checkpoint is kept. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        supervisor.close();
        try {
            if (!result.isDone()) {
                cluster.cancelJob(job).get(CANCEL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                result.get(CANCEL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException | TimeoutException exception) {
            LOG.warn("The scoring job {} was not cancelled in time: {}", job, String.valueOf(exception));
        } catch (InterruptedException exception) {
            interrupted = true;
        }
        try {
            cluster.closeAsync().get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException exception) {
            LOG.warn("Flink did not stop in time: {}", String.valueOf(exception));
        } catch (InterruptedException exception) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
