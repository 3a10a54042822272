package dev.noether.flink.assembly;

import dev.noether.flink.wire.MetricBatch;
import dev.noether.flink.wire.ObservationRow;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** The assembling operator in one or several subtasks of Flink's test harness: real state, real timers, no cluster. */
final class AssemblyHarness implements AutoCloseable {
    private static final int MOST_SUBTASKS = 8;

    private final List<RowAssemblyOperator> operators = new ArrayList<>();
    private final List<KeyedOneInputStreamOperatorTestHarness<String, MetricBatch, ObservationRow>> harnesses =
            new ArrayList<>();
    private final List<ObservationRow> rows = new ArrayList<>();

    AssemblyHarness(AssemblyOptions options) throws Exception {
        this(options, 1, null, new HashMapStateBackend(), 0);
    }

    AssemblyHarness(
            AssemblyOptions options, int subtasks, @Nullable Saved saved, StateBackend backend, long processingTime)
            throws Exception {
        for (int i = 0; i < subtasks; i++) {
            RowAssemblyOperator operator = new RowAssemblyOperator(options);
            var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                    operator, MetricBatch::entity, Types.STRING, MOST_SUBTASKS, subtasks, i);
            harness.getExecutionConfig().enableObjectReuse();
            harness.setStateBackend(backend);
            harness.setProcessingTime(processingTime);
            if (saved != null) {
                harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        saved.state(), MOST_SUBTASKS, saved.subtasks(), subtasks, i));
            }
            harness.open();
            operators.add(operator);
            harnesses.add(harness);
        }
    }

    /** The state of all subtasks. */
    record Saved(OperatorSubtaskState state, int subtasks) {}

    void send(MetricBatch batch) throws Exception {
        harness(batch.entity()).processElement(new StreamRecord<>(batch));
    }

    private KeyedOneInputStreamOperatorTestHarness<String, MetricBatch, ObservationRow> harness(String entity) {
        return harnesses.get(
                KeyGroupRangeAssignment.assignKeyToParallelOperator(entity, MOST_SUBTASKS, harnesses.size()));
    }

    void watermark(long time) throws Exception {
        for (var harness : harnesses) {
            harness.processWatermark(new Watermark(time));
        }
    }

    void setProcessingTime(long time) throws Exception {
        for (var harness : harnesses) {
            harness.setProcessingTime(time);
        }
    }

    Saved snapshot(long checkpoint) throws Exception {
        OperatorSubtaskState[] states = new OperatorSubtaskState[harnesses.size()];
        for (int i = 0; i < states.length; i++) {
            states[i] = harnesses.get(i).snapshot(checkpoint, checkpoint);
        }
        return new Saved(AbstractStreamOperatorTestHarness.repackageState(states), states.length);
    }

    /** The rows since the last call, those of each subtask in their order. */
    List<ObservationRow> rows() {
        for (var harness : harnesses) {
            harness.extractOutputValues().forEach(rows::add);
            harness.getOutput().clear();
        }
        List<ObservationRow> taken = List.copyOf(rows);
        rows.clear();
        return taken;
    }

    AssemblyMetrics metrics() {
        return operators.get(0).metrics();
    }

    long openIntervals() {
        return operators.stream().mapToLong(RowAssemblyOperator::openIntervals).sum();
    }

    @Override
    public void close() throws Exception {
        for (var harness : harnesses) {
            harness.close();
        }
    }
}
