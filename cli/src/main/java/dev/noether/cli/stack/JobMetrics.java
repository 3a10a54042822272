package dev.noether.cli.stack;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;

/**
 * Live metrics of a job: the counters and gauges in the metric group {@code noether}, and Flink's number of
 * restarts. Counters restart at zero when the job restarts. Thread-safe.
 */
public final class JobMetrics implements MetricReporter {
    private static final String GROUP = ".noether.";
    private static final String RESTARTS = "numRestarts";

    private final List<RegisteredMetric> metrics = new CopyOnWriteArrayList<>();

    /** A metric, and the value of its label {@code reason}; empty if it has none. */
    private record RegisteredMetric(String name, String reason, Metric metric) {}

    /** Sum of a counter over all tasks and labels. */
    public long sum(String name) {
        return counters(name).sum();
    }

    /** Number of rows that a model scored. */
    public long scored() {
        return counters("scored").sum();
    }

    /** Number of rows above the threshold. */
    public long anomalous() {
        return counters("anomalous").sum();
    }

    /** Number of rows without a score, for any reason. */
    public long unscored() {
        return counters("unscored").sum();
    }

    /** Number of rows without a score, by reason, of those that have any. */
    public Map<String, Long> unscoredReasons() {
        Map<String, Long> counts = new TreeMap<>();
        for (RegisteredMetric registered : metrics) {
            long count = registered.name.equals("unscored") ? value(registered.metric) : 0;
            if (count > 0) {
                counts.merge(registered.reason, count, Long::sum);
            }
        }
        return counts;
    }

    /** Number of observations that retention removed before they were read. */
    public long observationsLost() {
        return counters("observationsLost").sum();
    }

    /** Number of transactions that could not be committed. */
    public long failedCommittables() {
        return counters("failedCommittables").sum();
    }

    /** Number of model swaps. Each task counts the same releases, so this is the largest count of one task. */
    public long swaps() {
        return counters("modelSwaps").max().orElse(0);
    }

    /** Number of refused releases: the largest count of one task. */
    public long modelsRefused() {
        return counters("modelsRefused").max().orElse(0);
    }

    /** Newest model version that every task has loaded, or -1. */
    public long modelVersion() {
        return metrics.stream()
                .filter(registered -> registered.name.equals("modelVersion"))
                .mapToLong(registered -> value(registered.metric))
                .min()
                .orElse(-1);
    }

    /** Number of restarts of the job. */
    public long restarts() {
        return counters(RESTARTS).max().orElse(0);
    }

    /** Problems of the job's topics, or what happened to them last, one line each; empty if all is well. */
    public String topicReport() {
        return metrics.stream()
                .filter(registered -> registered.name.equals("topicReport"))
                .map(registered -> registered.metric instanceof Gauge<?> gauge ? String.valueOf(gauge.getValue()) : "")
                .collect(Collectors.joining());
    }

    /** Why records wait for their source now, in one line; empty if none does. Tasks may differ; this is one of them. */
    public String sourceProblem() {
        return firstText("sourceProblem");
    }

    /**
     * The latest problem with a release, such as {@code model 7 refused: SHA-256 is …}; empty if there is none. Tasks
     * may differ; this is the problem of one of them.
     */
    public String modelProblem() {
        return firstText("modelProblem");
    }

    private String firstText(String name) {
        return metrics.stream()
                .filter(registered -> registered.name.equals(name))
                .map(registered -> registered.metric instanceof Gauge<?> gauge ? String.valueOf(gauge.getValue()) : "")
                .filter(problem -> !problem.isEmpty())
                .findFirst()
                .orElse("");
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        if (name.equals(RESTARTS) || group.getMetricIdentifier(name).contains(GROUP)) {
            metrics.add(new RegisteredMetric(name, group.getAllVariables().getOrDefault("<reason>", ""), metric));
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
