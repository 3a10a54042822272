package dev.noether.cli.stack;

import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.runtime.metrics.MetricRegistryConfiguration;
import org.apache.flink.runtime.metrics.MetricRegistryImpl;
import org.apache.flink.runtime.metrics.ReporterSetup;
import org.apache.flink.runtime.metrics.filter.ReporterFilter;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * A Flink cluster in this JVM that reports its metrics to a given {@link JobMetrics}. A reporter that is named in
 * Flink's configuration is created by Flink and could only be reached through static state.
 */
final class ObservedMiniCluster extends MiniCluster {
    private final JobMetrics metrics;

    ObservedMiniCluster(MiniClusterConfiguration configuration, JobMetrics metrics) {
        super(configuration);
        this.metrics = metrics;
    }

    @Override
    protected MetricRegistryImpl createMetricRegistry(Configuration configuration, long longestMessage) {
        ReporterSetup setup =
                new ReporterSetup("noether", new MetricConfig(), metrics, ReporterFilter.getNoOpFilter(), Map.of());
        return new MetricRegistryImpl(
                MetricRegistryConfiguration.fromConfiguration(configuration, longestMessage), List.of(setup));
    }
}
