package dev.noether.flink.assembly;

import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * The metrics of the assembly, in the group {@code noether}.
 *
 * @param rowsAssembled rows that were written
 * @param rowsIncomplete those of them that lack a value
 * @param rowsEmpty intervals with values but without a feature, such as the first one of a rate: they give no row
 * @param metricsLate values whose interval was closed
 * @param intervalsEvicted intervals that were closed early, because too many are open
 * @param metricsDropped values that had no room, because their interval has too many series or readings
 * @param seriesEvicted series that were forgotten, because an entity has too many
 * @param entitiesEvicted entities that were forgotten, because there are too many
 */
record AssemblyMetrics(
        Counter rowsAssembled,
        Counter rowsIncomplete,
        Counter rowsEmpty,
        Counter metricsLate,
        Counter intervalsEvicted,
        Counter metricsDropped,
        Counter seriesEvicted,
        Counter entitiesEvicted) {
    static AssemblyMetrics of(
            MetricGroup task,
            LongSupplier intervalsOpen,
            LongSupplier entities,
            LongSupplier secondsSinceRow,
            long intervalSeconds) {
        MetricGroup group = task.addGroup("noether");
        group.gauge("intervalsOpen", intervalsOpen::getAsLong);
        group.gauge("entities", entities::getAsLong);
        group.gauge("secondsSinceRow", secondsSinceRow::getAsLong);
        group.gauge("intervalSeconds", () -> intervalSeconds);
        return new AssemblyMetrics(
                group.counter("rowsAssembled"),
                group.counter("rowsIncomplete"),
                group.counter("rowsEmpty"),
                group.counter("metricsLate"),
                group.counter("intervalsEvicted"),
                group.counter("metricsDropped"),
                group.counter("seriesEvicted"),
                group.counter("entitiesEvicted"));
    }
}
