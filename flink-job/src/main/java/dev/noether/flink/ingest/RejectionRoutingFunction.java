package dev.noether.flink.ingest;

import static java.util.Objects.requireNonNull;

import dev.noether.flink.wire.IngestResult;
import dev.noether.flink.wire.ObservationRow;
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
import org.jspecify.annotations.Nullable;

/**
 * Passes rows to the next operator, and rejected records to the side output {@link #REJECTED}. Counts the rejected
 * records in the metric {@code rejected}, with one counter for each {@code reason}.
 */
public final class RejectionRoutingFunction extends ProcessFunction<IngestResult, ObservationRow> {
    private static final long serialVersionUID = 1L;

    /** The side output of rejected records. */
    public static final OutputTag<Rejected> REJECTED = new OutputTag<>("rejected", WireTypes.REJECTED);

    private transient @Nullable Map<RejectionReason, Counter> counters;

    @Override
    public void open(OpenContext context) {
        Map<RejectionReason, Counter> byReason = new EnumMap<>(RejectionReason.class);
        for (RejectionReason reason : RejectionReason.values()) {
            byReason.put(
                    reason,
                    getRuntimeContext()
                            .getMetricGroup()
                            .addGroup("noether")
                            .addGroup("reason", reason.name())
                            .counter("rejected"));
        }
        counters = byReason;
    }

    @Override
    public void processElement(IngestResult result, Context context, Collector<ObservationRow> out) {
        if (result instanceof ObservationRow row) {
            out.collect(row);
            return;
        }
        Rejected rejected = ((RejectedRecord) result).rejected();
        requireNonNull(requireNonNull(counters).get(rejected.reason())).inc();
        context.output(REJECTED, rejected);
    }
}
