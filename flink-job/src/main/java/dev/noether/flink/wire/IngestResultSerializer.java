package dev.noether.flink.wire;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes one byte, 1 for a row and 0 for a rejected record, and then the row or the rejected record. */
public final class IngestResultSerializer extends ImmutableValueSerializer<IngestResult> {
    private static final long serialVersionUID = 1L;

    private final ObservationRowSerializer rows = new ObservationRowSerializer();
    private final RejectedSerializer rejections = new RejectedSerializer();

    @Override
    public TypeSerializer<IngestResult> duplicate() {
        return new IngestResultSerializer();
    }

    @Override
    public void serialize(IngestResult result, DataOutputView target) throws IOException {
        if (result instanceof ObservationRow row) {
            target.writeBoolean(true);
            rows.serialize(row, target);
        } else {
            target.writeBoolean(false);
            rejections.serialize(((RejectedRecord) result).rejected(), target);
        }
    }

    @Override
    public IngestResult deserialize(DataInputView source) throws IOException {
        return source.readBoolean() ? rows.deserialize(source) : new RejectedRecord(rejections.deserialize(source));
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        boolean isRow = source.readBoolean();
        target.writeBoolean(isRow);
        if (isRow) {
            rows.copy(source, target);
        } else {
            rejections.copy(source, target);
        }
    }

    @Override
    public IngestResult createInstance() {
        return rows.createInstance();
    }

    @Override
    public TypeSerializerSnapshot<IngestResult> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The serializer's entry in a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<IngestResult> {
        public Snapshot() {
            super(IngestResultSerializer::new);
        }
    }
}
