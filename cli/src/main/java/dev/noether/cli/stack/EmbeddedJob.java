package dev.noether.cli.stack;

import dev.noether.flink.access.AccessCheck;
import dev.noether.flink.access.AccessRole;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.job.RetainedCheckpoints;
import dev.noether.flink.kafka.AccessProblem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
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

/** A job of a detector on its own Flink cluster inside this JVM. Thread-safe. */
final class EmbeddedJob implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedJob.class);

    private static final Duration SUBMIT_TIMEOUT = Duration.ofSeconds(60);
    /** Cancelling and closing together take at most three of the five seconds that Ctrl-C may take. */
    private static final Duration CANCEL_TIMEOUT = Duration.ofMillis(1_500);

    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(1_500);

    private final String noun;
    private final Supplier<Set<String>> refusedTopics;
    private final ObservedMiniCluster cluster;
    private final JobMetrics metrics;
    private final JobID job;
    private final JobSupervisor supervisor;
    private final CompletableFuture<JobResult> result;

    private EmbeddedJob(
            String noun,
            Supplier<Set<String>> refusedTopics,
            ObservedMiniCluster cluster,
            JobMetrics metrics,
            JobID job) {
        this.noun = noun;
        this.refusedTopics = refusedTopics;
        this.cluster = cluster;
        this.metrics = metrics;
        this.job = job;
        this.supervisor = new JobSupervisor(cluster, job, metrics);
        this.result = cluster.requestJobResult(job);
        supervisor.start();
    }

    /**
     * What is started.
     *
     * @param role what the job needs rights for
     * @param noun what the job is called in messages, such as "scoring job"
     * @param name name of the job in Flink
     * @param id id of the job, which is the name of the folder of its checkpoints
     * @param checkpoints checkpoints and savepoints of the job, the newest first; outdated ones are deleted
     * @param start checkpoint to start from; empty for a start with empty state
     */
    record Submission(
            AccessRole role, String noun, String name, JobID id, List<Path> checkpoints, Optional<Path> start) {}

    /**
     * Starts a job; returns when Flink has accepted it.
     *
     * @param environment the job
     * @param settings settings of the cluster
     * @throws StackException if Flink does not start or rejects the job
     */
    static EmbeddedJob start(
            StreamExecutionEnvironment environment,
            Configuration settings,
            DetectorConfig config,
            Submission submission)
            throws InterruptedException {
        StreamGraph plan = environment.getStreamGraph();
        plan.setJobName(submission.name());
        JobGraph graph = plan.getJobGraph();
        graph.setJobID(submission.id());
        Optional<Path> checkpoint = submission.start();
        checkpoint.ifPresent(path -> graph.setSavepointRestoreSettings(
                SavepointRestoreSettings.forPath(path.toUri().toString(), false, RecoveryClaimMode.CLAIM)));
        RetainedCheckpoints.removeOutdated(submission.checkpoints());
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
                    "The {} of detector {} starts {}.",
                    submission.noun(),
                    config.detector(),
                    checkpoint.map(path -> "from " + path).orElse("with empty state"));
            return new EmbeddedJob(
                    submission.noun(),
                    () -> AccessCheck.refusedTopics(config, submission.role()),
                    cluster,
                    metrics,
                    graph.getJobID());
        } catch (InterruptedException exception) {
            cluster.closeAsync();
            throw exception;
        } catch (Exception exception) {
            cluster.closeAsync();
            throw new StackException(
                    "the Flink cluster inside this process does not start: " + FailureCause.of(exception), exception);
        }
    }

    /** Live metrics of the job. */
    JobMetrics metrics() {
        return metrics;
    }

    /** What the job does at the moment. */
    ScoringStatus status() {
        return supervisor.status();
    }

    /**
     * Checks that the job is running or restarting.
     *
     * @throws StackException if it has ended or cannot restart
     */
    void check() {
        String end = supervisor.end();
        if (end != null) {
            throw new StackException("the " + noun + " has ended: " + named(end));
        }
        if (result.isDone()) {
            String reason = result.handle((ended, failure) -> failure != null
                            ? FailureCause.of(failure)
                            : ended.getSerializedThrowable()
                                    .map(FailureCause::of)
                                    .orElse("it was cancelled"))
                    .join();
            throw new StackException("the " + noun + " has ended: " + named(reason));
        }
    }

    /** The reason with the names of the topics that Kafka refuses, where its answer to the job named none. */
    private String named(String reason) {
        if (!reason.contains(AccessProblem.UNNAMED_TOPIC)) {
            return reason;
        }
        Set<String> topics = refusedTopics.get();
        return topics.isEmpty() ? reason : AccessProblem.deniedTopics(topics);
    }

    /** Waits until the job has ended, by a failure or because it was stopped. */
    void await() throws InterruptedException {
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
            LOG.warn("The job {} was not cancelled in time: {}", job, String.valueOf(exception));
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
