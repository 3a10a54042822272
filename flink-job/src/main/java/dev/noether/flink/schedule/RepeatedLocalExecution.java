package dev.noether.flink.schedule;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Reference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one job after another on Flink clusters inside this JVM. Each job has a cluster of its own, and all clusters have
 * one RPC system. By default each cluster would load the RPC system again, in a class loader of its own: 1,800 classes
 * and 16 MB outside of the heap for each job, which stay until the JVM happens to collect the whole heap. Thread-safe.
 */
final class RepeatedLocalExecution implements PipelineExecutorServiceLoader, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RepeatedLocalExecution.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private @Nullable RpcSystem rpcSystem;
    private @Nullable MiniCluster newest;

    /** Returns an environment whose job runs here, with parallelism 1. */
    StreamExecutionEnvironment environment(Configuration settings) {
        Configuration local = new Configuration(settings);
        local.set(DeploymentOptions.TARGET, LocalExecutor.NAME);
        local.set(DeploymentOptions.ATTACHED, true);
        local.set(CoreOptions.DEFAULT_PARALLELISM, 1);
        return new StreamExecutionEnvironment(this, local, getClass().getClassLoader());
    }

    @Override
    public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
        return new PipelineExecutorFactory() {
            @Override
            public String getName() {
                return LocalExecutor.NAME;
            }

            @Override
            public boolean isCompatibleWith(Configuration settings) {
                return LocalExecutor.NAME.equals(settings.get(DeploymentOptions.TARGET));
            }

            @Override
            public PipelineExecutor getExecutor(Configuration settings) {
                return LocalExecutor.createWithFactory(settings, cluster -> newCluster(cluster, settings));
            }
        };
    }

    @Override
    public Stream<String> getExecutorNames() {
        return Stream.of(LocalExecutor.NAME);
    }

    private synchronized MiniCluster newCluster(MiniClusterConfiguration cluster, Configuration settings) {
        MiniCluster created = new MiniCluster(cluster, () -> Reference.borrowed(rpcSystem(settings)));
        newest = created;
        return created;
    }

    private synchronized RpcSystem rpcSystem(Configuration settings) {
        RpcSystem present = rpcSystem;
        if (present == null) {
            present = RpcSystem.load(settings);
            rpcSystem = present;
        }
        return present;
    }

    /** Waits until the newest cluster has stopped, and removes the RPC system. No job may be running. */
    @Override
    public synchronized void close() {
        try {
            if (newest != null) {
                newest.closeAsync().get(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                newest = null;
            }
            if (rpcSystem != null) {
                rpcSystem.close();
                rpcSystem = null;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The Flink cluster of the training did not stop: {}", e.toString());
        }
    }
}
