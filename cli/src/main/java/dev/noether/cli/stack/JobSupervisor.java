package dev.noether.cli.stack;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a job on a cluster in this JVM twice a second. It replaces a task manager that failed: on a cluster, something
 * outside of Flink does that. Thread-safe.
 */
final class JobSupervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobSupervisor.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REPLACEMENT_PERIOD = Duration.ofMinutes(10);
    private static final int MAX_REPLACEMENTS = 3;
    /** Flink's reason for the failure of the other tasks of a task manager that failed. */
    private static final String SHUTDOWN = "The TaskExecutor is shutting down";

    private static final String TASK_MANAGER_FAILED =
            "a task could not be ended after an error, so its task manager was replaced; the log has the error before "
                    + "the word FATAL";

    private final MiniCluster cluster;
    private final JobID job;
    private final JobMetrics metrics;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "job-supervisor");
        made.setDaemon(true);
        return made;
    });
    private final Deque<Long> replacements = new ArrayDeque<>();
    private boolean hadTaskManager;

    private volatile ScoringStatus status = ScoringStatus.STARTS;
    private volatile @Nullable String end;

    JobSupervisor(MiniCluster cluster, JobID job, JobMetrics metrics) {
        this.cluster = cluster;
        this.job = job;
        this.metrics = metrics;
    }

    void start() {
        thread.scheduleWithFixedDelay(this::look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The status at the last look. */
    ScoringStatus status() {
        return status;
    }

    /** The reason for which the job cannot continue; null if it can. */
    @Nullable
    String end() {
        return end;
    }

    private void look() {
        try {
            status = read(cluster.getExecutionGraph(job).get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
            int taskManagers = cluster.requestClusterOverview()
                    .get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .getNumTaskManagersConnected();
            if (taskManagers == 0 && hadTaskManager && end == null) {
                replaceTaskManager();
            }
            hadTaskManager |= taskManagers > 0;
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (Exception exception) {
            LOG.debug("The state of the job is not known.", exception);
        }
    }

    private void replaceTaskManager() throws Exception {
        long now = System.nanoTime();
        replacements.removeIf(earlier -> now - earlier > REPLACEMENT_PERIOD.toNanos());
        if (replacements.size() == MAX_REPLACEMENTS) {
            end = "its task manager failed " + (MAX_REPLACEMENTS + 1) + " times within "
                    + REPLACEMENT_PERIOD.toMinutes() + " minutes; the last reason: " + status.lastFailure();
            return;
        }
        LOG.warn("The task manager failed; another one starts.");
        replacements.add(now);
        hadTaskManager = false;
        cluster.startTaskManager();
    }

    private ScoringStatus read(AccessExecutionGraph graph) {
        boolean isRunning = true;
        for (AccessExecutionVertex vertex : graph.getAllExecutionVertices()) {
            isRunning &= vertex.getExecutionState() == ExecutionState.RUNNING;
        }
        ErrorInfo failure = graph.getFailureInfo();
        if (failure != null && end == null && FailureCause.isFinal(failure.getException())) {
            end = FailureCause.of(failure.getException());
        }
        return failure == null
                ? new ScoringStatus(isRunning, metrics.restarts(), "", 0)
                : new ScoringStatus(isRunning, metrics.restarts(), reason(failure), failure.getTimestamp());
    }

    private static String reason(ErrorInfo failure) {
        String cause = FailureCause.of(failure.getException());
        return cause.startsWith(SHUTDOWN) ? TASK_MANAGER_FAILED : cause;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
