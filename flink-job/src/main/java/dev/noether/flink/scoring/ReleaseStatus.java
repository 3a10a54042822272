package dev.noether.flink.scoring;

import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * The metrics of releases that are not in force: how many are pending, since when, and the latest problem in words. The
 * task's thread writes; any thread reads.
 */
final class ReleaseStatus {
    private volatile View view = new View(0, 0, "");

    private record View(int pending, long since, String problem) {}

    /** Registers the metrics in the group {@code noether}. */
    void register(MetricGroup operator, ProcessingTimeService clock) {
        MetricGroup group = operator.addGroup("noether");
        group.gauge("modelsPending", (Gauge<Integer>) () -> view.pending);
        group.gauge("modelPendingSeconds", (Gauge<Long>) () -> seconds(clock.getCurrentProcessingTime()));
        group.gauge("modelProblem", (Gauge<String>) this::problem);
    }

    /**
     * Sets the metrics.
     *
     * @param pending number of pending releases
     * @param since processing time since which the oldest of them waits, milliseconds
     * @param problem the latest problem, such as {@code model 7 refused: …}; empty if there is none
     */
    void set(int pending, long since, String problem) {
        view = new View(pending, since, problem);
    }

    /** Number of pending releases. */
    int pending() {
        return view.pending;
    }

    /** Age of the oldest pending release, seconds; 0 if none is pending. */
    long seconds(long now) {
        View current = view;
        return current.pending == 0 ? 0 : Math.max(0, (now - current.since) / 1_000);
    }

    /** The latest problem in words; empty if there is none. */
    String problem() {
        return view.problem;
    }
}
