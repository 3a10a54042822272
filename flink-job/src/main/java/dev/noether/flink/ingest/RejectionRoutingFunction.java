package dev.noether.flink.ingest;

import static java.util.Objects.requireNonNull;

import dev.noether.flink.wire.Ingested;
import dev.noether.flink.wire.ObservationRow;
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
 * Passes rows on and rejected records aside, to {@link #REJECTED}. Counts the latter as {@code rejected}, one counter for
 * each {@code reason}.
 */
public final class RejectionRoutingFunction extends ProcessFunction<Ingested, ObservationRow> {
    private static final long serialVersionUID = 1L;

    /** The side output of rejected records. */
    public static final OutputTag<Rejected> REJECTED = new OutputTag<>("rejected", WireTypes.REJECTED);

    private transient @Nullable Map<RejectionReason, Counter> rejected;

    @Override
    public void open(OpenContext context) {
        Map<RejectionReason, Counter> counters = new EnumMap<>(RejectionReason.class);
        for (RejectionReason reason : RejectionReason.values()) {
            counters.put(
                    reason,
                    getRuntimeContext()
                            .getMetricGroup()
                            .addGroup("noether")
                            .addGroup("reason", reason.name())
                            .counter("rejected"));
        }
        rejected = counters;
    }

    @Override
    public void processElement(Ingested ingested, Context context, Collector<ObservationRow> out) {
        ObservationRow row = ingested.row();
        if (row != null) {
            out.collect(row);
            return;
        }
        Rejected bad = requireNonNull(ingested.rejected());
        requireNonNull(requireNonNull(rejected).get(bad.reason())).inc();
        context.output(REJECTED, bad);
    }
}
