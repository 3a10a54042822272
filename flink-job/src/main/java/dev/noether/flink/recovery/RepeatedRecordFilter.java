package dev.noether.flink.recovery;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Drops the records of observations whose result was committed before a recovery. Stands before a sink of every job;
 * without a recovery it passes each record on. Counts the dropped records in {@code noether.repeated}.
 *
 * <p>The committed offsets of a partition are in the state of every subtask. A subtask removes them at the checkpoint
 * after it has seen a later offset of the partition: all earlier records came before the checkpoint's barrier.
 *
 * @param <T> type of the records
 */
// Flink calls initializeState, which sets the transient fields, before any other method.
@SuppressWarnings("NullAway.Init")
public final class RepeatedRecordFilter<T> extends AbstractStreamOperator<T> implements OneInputStreamOperator<T, T> {
    private static final long serialVersionUID = 1L;
    private static final int INITIAL_BYTES = 256;

    private final Place<T> place;
    private final CommittedOffsets planned;

    private transient ListState<byte[]> state;
    private transient OffsetRanges[] committed;
    private transient boolean[] isPassed;
    private transient Counter repeated;

    /** Where the observation of a record lies in the observations topic. */
    public interface Place<T> extends Serializable {
        /** Partition of the observation. */
        int partition(T record);

        /** Offset of the observation. */
        long offset(T record);
    }

    /**
     * Makes a filter.
     *
     * @param place where the observation of a record lies
     * @param planned offsets that were committed before this start; if it is empty, those in the restored state count
     */
    public RepeatedRecordFilter(Place<T> place, CommittedOffsets planned) {
        this.place = place;
        this.planned = planned;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        state = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("repeated", BytePrimitiveArraySerializer.INSTANCE));
        List<CommittedOffsets> sources = new ArrayList<>();
        if (planned.isEmpty()) {
            for (byte[] bytes : state.get()) {
                sources.add(CommittedOffsets.read(new DataInputDeserializer(bytes)));
            }
        } else {
            sources.add(planned);
        }
        int partitions = sources.stream()
                .flatMap(source -> source.partitions().keySet().stream())
                .mapToInt(partition -> partition + 1)
                .max()
                .orElse(0);
        committed = new OffsetRanges[partitions];
        isPassed = new boolean[partitions];
        for (int i = 0; i < partitions; i++) {
            committed[i] = OffsetRanges.NONE;
        }
        // Every subtask wrote the same ranges, or none if it had passed them.
        sources.forEach(source -> source.partitions().forEach((partition, ranges) -> {
            if (!ranges.isEmpty()) {
                committed[partition] = ranges;
            }
        }));
    }

    @Override
    public void open() throws Exception {
        super.open();
        repeated = getMetricGroup().addGroup("noether").counter("repeated");
    }

    @Override
    public void processElement(StreamRecord<T> element) {
        if (committed.length > 0 && isRepeated(element.getValue())) {
            repeated.inc();
        } else {
            output.collect(element);
        }
    }

    private boolean isRepeated(T record) {
        int partition = place.partition(record);
        if (partition >= committed.length) {
            return false;
        }
        long offset = place.offset(record);
        if (offset >= committed[partition].end()) {
            isPassed[partition] = true;
            return false;
        }
        return committed[partition].contains(offset);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        state.clear();
        Map<Integer, OffsetRanges> rest = new HashMap<>();
        for (int i = 0; i < committed.length; i++) {
            if (isPassed[i]) {
                committed[i] = OffsetRanges.NONE;
            } else if (!committed[i].isEmpty()) {
                rest.put(i, committed[i]);
            }
        }
        if (rest.isEmpty()) {
            committed = new OffsetRanges[0];
            return;
        }
        DataOutputSerializer target = new DataOutputSerializer(INITIAL_BYTES);
        new CommittedOffsets(rest).write(target);
        state.add(target.getCopyOfBuffer());
    }
}
