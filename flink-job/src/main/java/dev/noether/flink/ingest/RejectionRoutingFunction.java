package dev.noether.flink.ingest;

import static java.util.Objects.requireNonNull;

import dev.noether.flink.wire.IngestResult;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.flink.wire.RejectedRecord;
import dev.noether.flink.wire.WireTypes;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectionReason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes rows to the next operator, and rejected records to the side output {@link #REJECTED}. Counts the rejected
 * records in the metric {@code rejected}, with one counter for each {@code reason}.
 *
 * <p>Counts the observations that retention removed before they were read in {@code observationsLost}, and logs them.
 * The next offset of each partition is in its state.
 */
// Flink calls initializeState and open, which set the transient fields, before any other method.
@SuppressWarnings("NullAway.Init")
public final class RejectionRoutingFunction extends ProcessFunction<IngestResult, ObservationRow>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RejectionRoutingFunction.class);
    private static final int INITIAL_BYTES = 128;

    /** The side output of rejected records. */
    public static final OutputTag<Rejected> REJECTED = new OutputTag<>("rejected", WireTypes.REJECTED);

    private final OldestOffsets oldest;

    private transient @Nullable Map<RejectionReason, Counter> counters;
    private transient Counter observationsLost;
    private transient OffsetWatch watch;
    private transient ListState<byte[]> nextOffsets;

    /** Makes the function for a source that is not Kafka. */
    public RejectionRoutingFunction() {
        this(OldestOffsets.NONE_REMOVED);
    }

    /** Makes the function for the records of a topic with these oldest offsets. */
    public RejectionRoutingFunction(OldestOffsets oldest) {
        this.oldest = oldest;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        watch = new OffsetWatch(oldest);
        nextOffsets = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("next-offsets", BytePrimitiveArraySerializer.INSTANCE));
        for (byte[] bytes : nextOffsets.get()) {
            watch.read(new DataInputDeserializer(bytes));
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        DataOutputSerializer target = new DataOutputSerializer(INITIAL_BYTES);
        watch.write(target);
        nextOffsets.update(List.of(target.getCopyOfBuffer()));
    }

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
        observationsLost =
                getRuntimeContext().getMetricGroup().addGroup("noether").counter("observationsLost");
    }

    @Override
    public void processElement(IngestResult result, Context context, Collector<ObservationRow> out) {
        if (result instanceof ObservationRow row) {
            follow(row.partition(), row.offset());
            out.collect(row);
            return;
        }
        Rejected rejected = ((RejectedRecord) result).rejected();
        follow(rejected.partition(), rejected.offset());
        requireNonNull(requireNonNull(counters).get(rejected.reason())).inc();
        context.output(REJECTED, rejected);
    }

    private void follow(int partition, long offset) {
        long lost;
        try {
            lost = watch.accept(partition, offset);
        } catch (RuntimeException e) {
            LOG.warn(
                    "Partition {} goes on at offset {} behind a gap. Kafka does not say whether retention removed "
                            + "observations in it.",
                    partition,
                    offset,
                    e);
            return;
        }
        if (lost > 0) {
            observationsLost.inc(lost);
            LOG.error(
                    "Partition {} of the observations: retention removed {} offsets before they were read. They have no "
                            + "score. The job goes on at offset {}. Raise retention.ms or retention.bytes of the topic.",
                    partition,
                    lost,
                    offset);
        }
    }
}
