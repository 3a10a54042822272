package dev.noether.cli.stack;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;

/**
 * The scoring job's own metrics, live: what its tasks count in the metric group {@code noether}. After a restart of the job
 * the counters begin anew. Thread-safe.
 */
public final class JobMetrics implements MetricReporter {
    private static final String GROUP = ".noether.";

    private final List<Registered> metrics = new CopyOnWriteArrayList<>();

    private record Registered(String name, Metric metric) {}

    /** Rows that a model scored. */
    public long scored() {
        return counters("scored").sum();
    }

    /** Rows above the threshold. */
    public long anomalous() {
        return counters("anomalous").sum();
    }

    /** Rows that no model scored, for whatever reason. */
    public long unscored() {
        return counters("unscored").sum();
    }

    /** How often a model took over from another one; each task counts the same releases, so the most that one counted. */
    public long swaps() {
        return counters("modelSwaps").max().orElse(0);
    }

    /** Releases that were refused; the most that one task counted. */
    public long modelsRefused() {
        return counters("modelsRefused").max().orElse(0);
    }

    /** The newest version that every task has loaded, or -1. */
    public long modelVersion() {
        return metrics.stream()
                .filter(registered -> registered.name.equals("modelVersion"))
                .mapToLong(registered -> value(registered.metric))
                .min()
                .orElse(-1);
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        if (group.getMetricIdentifier(name).contains(GROUP)) {
            metrics.add(new Registered(name, metric));
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        metrics.removeIf(registered -> registered.metric == metric);
    }

    private LongStream counters(String name) {
        return metrics.stream()
                .filter(registered -> registered.name.equals(name))
                .mapToLong(registered -> value(registered.metric));
    }

    private static long value(Metric metric) {
        if (metric instanceof Counter counter) {
            return counter.getCount();
        }
        return metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number ? number.longValue() : 0;
    }
}
