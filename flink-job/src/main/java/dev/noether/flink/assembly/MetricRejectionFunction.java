package dev.noether.flink.assembly;

import static java.util.Objects.requireNonNull;

import dev.noether.flink.wire.MetricBatch;
import dev.noether.flink.wire.MetricResult;
import dev.noether.flink.wire.RejectedRecord;
import dev.noether.flink.wire.WireTypes;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectionReason;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Passes values on, and rejected records to the side output {@link #REJECTED}. Counts the rejected records in the metric
 * {@code rejected}, with one counter for each {@code reason}.
 */
// Flink calls open, which sets the transient field, before any other method.
@SuppressWarnings("NullAway.Init")
final class MetricRejectionFunction extends ProcessFunction<MetricResult, MetricBatch> {
    private static final long serialVersionUID = 1L;

    /** The side output of rejected records. */
    static final OutputTag<Rejected> REJECTED = new OutputTag<>("rejected", WireTypes.REJECTED);

    private transient Map<RejectionReason, Counter> counters;

    @Override
    public void open(OpenContext context) {
        counters = new EnumMap<>(RejectionReason.class);
        for (RejectionReason reason : RejectionReason.values()) {
            counters.put(
                    reason,
                    getRuntimeContext()
                            .getMetricGroup()
                            .addGroup("noether")
                            .addGroup("reason", reason.name())
                            .counter("rejected"));
        }
    }

    @Override
    public void processElement(MetricResult result, Context context, Collector<MetricBatch> out) {
        if (result instanceof MetricBatch batch) {
            out.collect(batch);
            return;
        }
        Rejected rejected = ((RejectedRecord) result).rejected();
        requireNonNull(counters.get(rejected.reason())).inc();
        context.output(REJECTED, rejected);
    }
}
