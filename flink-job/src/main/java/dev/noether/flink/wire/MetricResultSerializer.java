package dev.noether.flink.wire;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes one byte, 1 for values and 0 for a rejected record, and then the values or the rejected record. */
public final class MetricResultSerializer extends ImmutableValueSerializer<MetricResult> {
    private static final long serialVersionUID = 1L;

    private final MetricBatchSerializer batches = new MetricBatchSerializer();
    private final RejectedSerializer rejections = new RejectedSerializer();

    @Override
    public TypeSerializer<MetricResult> duplicate() {
        return new MetricResultSerializer();
    }

    @Override
    public void serialize(MetricResult result, DataOutputView target) throws IOException {
        if (result instanceof MetricBatch batch) {
            target.writeBoolean(true);
            batches.serialize(batch, target);
        } else {
            target.writeBoolean(false);
            rejections.serialize(((RejectedRecord) result).rejected(), target);
        }
    }

    @Override
    public MetricResult deserialize(DataInputView source) throws IOException {
        return source.readBoolean() ? batches.deserialize(source) : new RejectedRecord(rejections.deserialize(source));
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        boolean isBatch = source.readBoolean();
        target.writeBoolean(isBatch);
        if (isBatch) {
            batches.copy(source, target);
        } else {
            rejections.copy(source, target);
        }
    }

    @Override
    public MetricResult createInstance() {
        return batches.createInstance();
    }

    @Override
    public TypeSerializerSnapshot<MetricResult> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The serializer's entry in a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<MetricResult> {
        public Snapshot() {
            super(MetricResultSerializer::new);
        }
    }
}
