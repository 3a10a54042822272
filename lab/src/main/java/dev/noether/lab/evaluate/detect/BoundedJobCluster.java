package dev.noether.lab.evaluate.detect;

import dev.noether.cli.stack.StackException;
import dev.noether.flink.job.JobSettings;
import dev.noether.flink.job.LocalFlink;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;

/** A Flink cluster in this JVM that runs bounded jobs, one or several at a time. Thread-safe. */
public final class BoundedJobCluster implements AutoCloseable {
    private final Configuration settings = LocalFlink.settings(JobSettings.bounded());
    private final int atOnce;
    private @Nullable MiniCluster cluster;

    private BoundedJobCluster(int atOnce) {
        this.atOnce = atOnce;
    }

    /**
     * Makes a cluster, which starts with its first job: what is refused before needs none.
     *
     * @param atOnce how many jobs of parallelism 1 have room beside one another
     */
    public static BoundedJobCluster start(int atOnce) {
        return new BoundedJobCluster(atOnce);
    }

    private synchronized MiniCluster running() {
        if (cluster != null) {
            return cluster;
        }
        MiniCluster started = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(LocalFlink.settings(JobSettings.bounded()))
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(atOnce)
                .withRandomPorts()
                .build());
        try {
            started.start();
            cluster = started;
            return started;
        } catch (Exception exception) {
            started.closeAsync();
            throw new StackException("the embedded Flink does not start: " + root(exception), exception);
        }
    }

    /** An environment to define a job in; {@link #run} executes it. */
    public StreamExecutionEnvironment environment() {
        return new StreamExecutionEnvironment(settings);
    }

    /**
     * Runs a job and waits for its end.
     *
     * @param environment of {@link #environment}, with the job defined in it
     * @param name of the job
     * @throws StackException if the job fails, or Flink does not start
     */
    public void run(StreamExecutionEnvironment environment, String name) throws InterruptedException {
        StreamGraph plan = environment.getStreamGraph();
        plan.setJobName(name);
        JobGraph graph = plan.getJobGraph();
        MiniCluster running = running();
        try {
            running.submitJob(graph).get();
            JobResult result = running.requestJobResult(graph.getJobID()).get();
            if (result.getSerializedThrowable().isPresent()) {
                Throwable thrown = result.getSerializedThrowable().get();
                throw new StackException(name + " failed: " + root(thrown), thrown);
            }
        } catch (ExecutionException exception) {
            throw new StackException(name + " failed: " + root(exception), exception);
        }
    }

    @Override
    public synchronized void close() {
        if (cluster != null) {
            cluster.closeAsync().join();
            cluster = null;
        }
    }

    private static String root(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
