package dev.noether.flink.ingest;

import static java.util.Objects.requireNonNull;

import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectionReason;
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
    public static final OutputTag<Rejected> REJECTED = new OutputTag<>("rejected", IngestTypes.REJECTED);

    private transient Counter @Nullable [] rejected;

    @Override
    public void open(OpenContext context) {
        RejectionReason[] reasons = RejectionReason.values();
        Counter[] counters = new Counter[reasons.length];
        for (RejectionReason reason : reasons) {
            counters[reason.ordinal()] = getRuntimeContext()
                    .getMetricGroup()
                    .addGroup("reason", reason.name())
                    .counter("rejected");
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
        requireNonNull(rejected)[bad.reason().ordinal()].inc();
        context.output(REJECTED, bad);
    }
}
