package dev.noether.lab.bench;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.emit.KafkaSinks;
import dev.noether.flink.ingest.IngestSource;
import dev.noether.flink.ingest.StartingPoint;
import dev.noether.flink.job.JobSettings;
import dev.noether.flink.job.LocalFlink;
import dev.noether.flink.job.ScoringJob;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.lab.bench.EntitiesOptions.Backend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecution;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;

/** A Flink in this JVM that runs one scoring job at a time. */
final class ScoringCluster implements AutoCloseable {
    /** Memory of RocksDB. */
    static final MemorySize MANAGED = MemorySize.ofMebiBytes(512);

    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration POLL = Duration.ofMillis(50);

    private final MiniCluster cluster;

    private ScoringCluster(MiniCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Starts a cluster.
     *
     * @param directory folder of the files of RocksDB
     */
    static ScoringCluster start(Path directory) throws Exception {
        Configuration settings = LocalFlink.settings(new Configuration());
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED);
        settings.setString("state.backend.rocksdb.localdir", directory.toString());
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(1)
                .withRandomPorts()
                .build());
        cluster.start();
        return new ScoringCluster(cluster);
    }

    /**
     * Starts a job that takes checkpoints on demand.
     *
     * @param checkpoint checkpoint that it starts from; null for none
     */
    Running run(DetectorConfig config, Backend backend, @Nullable String checkpoint) throws Exception {
        return run(config, backend, checkpoint, NEVER);
    }

    /** Starts a job that also takes a checkpoint at an interval. */
    Running run(DetectorConfig config, Backend backend, @Nullable String checkpoint, Duration interval)
            throws Exception {
        Configuration settings = JobSettings.of(config);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
        settings.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, NEVER);
        settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, backend == Backend.ROCKSDB);
        settings.set(StateBackendOptions.STATE_BACKEND, backend.flinkName());
        StreamExecutionEnvironment environment = new StreamExecutionEnvironment(settings);
        ReleaseTopic releases = new ReleaseTopic(config);
        KafkaSinks sinks = new KafkaSinks(config);
        ScoringJob.define(
                environment,
                config,
                IngestSource.streaming(config, new StartingPoint.Earliest()),
                releases.source(),
                releases,
                sinks.scores(),
                sinks.incidents(),
                sinks.rejected());
        StreamGraph plan = environment.getStreamGraph();
        if (checkpoint != null) {
            plan.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(checkpoint));
        }
        JobGraph graph = plan.getJobGraph();
        cluster.submitJob(graph).get();
        return new Running(graph.getJobID());
    }

    @Override
    public void close() {
        cluster.closeAsync().join();
    }

    /**
     * A completed checkpoint.
     *
     * @param path where it is
     * @param bytes size of all states
     * @param seconds time from its trigger to its end
     */
    record Checkpoint(String path, long bytes, double seconds) {}

    /** A job that runs, and is cancelled when it is closed. */
    final class Running implements AutoCloseable {
        private final JobID id;

        private Running(JobID id) {
            this.id = id;
        }

        /** Fails if the job has ended. */
        void requireRunning() throws ExecutionException, InterruptedException {
            JobStatus status = cluster.getJobStatus(id).get();
            if (status.isGloballyTerminalState()) {
                throw new IllegalStateException(
                        "the job is " + status,
                        cluster.requestJobResult(id)
                                .get()
                                .getSerializedThrowable()
                                .orElse(null));
            }
        }

        /** Takes a checkpoint, which also commits what the job has written. */
        Checkpoint checkpoint() throws ExecutionException, InterruptedException {
            String path = cluster.triggerCheckpoint(id).get();
            CheckpointStatsSnapshot statistics = graph().getCheckpointStatsSnapshot();
            CompletedCheckpointStats latest =
                    statistics == null ? null : statistics.getHistory().getLatestCompletedCheckpoint();
            if (latest == null) {
                throw new IllegalStateException("Flink tells nothing about its checkpoint " + path);
            }
            return new Checkpoint(path, latest.getStateSize(), latest.getEndToEndDuration() / 1e3);
        }

        /** Returns the longest time in which a subtask loaded its state, in seconds. */
        double restoreSeconds() throws ExecutionException, InterruptedException {
            return StreamSupport.stream(graph().getAllExecutionVertices().spliterator(), false)
                            .map(AccessExecutionVertex::getCurrentExecutionAttempt)
                            .mapToLong(Running::initialisation)
                            .max()
                            .orElse(0)
                    / 1e3;
        }

        private static long initialisation(AccessExecution execution) {
            return execution.getStateTimestamp(ExecutionState.RUNNING)
                    - execution.getStateTimestamp(ExecutionState.INITIALIZING);
        }

        private AccessExecutionGraph graph() throws ExecutionException, InterruptedException {
            return cluster.getExecutionGraph(id).get();
        }

        @Override
        public void close() throws ExecutionException, InterruptedException {
            if (!cluster.getJobStatus(id).get().isGloballyTerminalState()) {
                cluster.cancelJob(id).get();
            }
            while (!cluster.getJobStatus(id).get().isGloballyTerminalState()) {
                Thread.sleep(POLL.toMillis());
            }
        }
    }
}
