package dev.noether.flink;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionGraphTestUtils;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;

/** Keeps what an operator registers in the group {@code noether}, by its name behind that, with dots. */
public final class TestingMetrics {
    private static final String GROUP = ".noether.";

    private final Map<String, Metric> metrics = new TreeMap<>();

    /** The metric group of a task whose metrics are kept. */
    public TaskMetricGroup group() {
        TestingMetricRegistry registry = TestingMetricRegistry.builder()
                .setRegisterConsumer((metric, name, group) -> {
                    String identifier = group.getMetricIdentifier(name);
                    int at = identifier.indexOf(GROUP);
                    if (at >= 0) {
                        metrics.put(identifier.substring(at + GROUP.length()), metric);
                    }
                })
                .build();
        return TaskManagerMetricGroup.createTaskManagerMetricGroup(registry, "localhost", ResourceID.generate())
                .addJob(new JobID(), "job")
                .addTask(ExecutionGraphTestUtils.createExecutionAttemptId(), "task");
    }

    /** All of them. */
    public Map<String, Metric> all() {
        return metrics;
    }

    /** The value of a gauge of numbers. */
    public double gauge(String name) {
        return ((Number) value(name)).doubleValue();
    }

    /** The value of a gauge of any kind. */
    public Object value(String name) {
        return ((Gauge<?>) metric(name)).getValue();
    }

    /** The count of a counter. */
    public long counter(String name) {
        return ((Counter) metric(name)).getCount();
    }

    private Metric metric(String name) {
        Metric metric = metrics.get(name);
        if (metric == null) {
            throw new AssertionError("no metric " + name + "; there are " + metrics.keySet());
        }
        return metric;
    }
}
