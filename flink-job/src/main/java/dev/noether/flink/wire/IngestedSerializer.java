package dev.noether.flink.wire;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes a flag, then the row or the rejected record. */
public final class IngestedSerializer extends ImmutableValueSerializer<Ingested> {
    private static final long serialVersionUID = 1L;

    private final ObservationRowSerializer rows = new ObservationRowSerializer();
    private final RejectedSerializer rejections = new RejectedSerializer();

    @Override
    public TypeSerializer<Ingested> duplicate() {
        return new IngestedSerializer();
    }

    @Override
    public void serialize(Ingested ingested, DataOutputView target) throws IOException {
        ObservationRow row = ingested.row();
        target.writeBoolean(row != null);
        if (row != null) {
            rows.serialize(row, target);
        } else {
            rejections.serialize(requireNonNull(ingested.rejected()), target);
        }
    }

    @Override
    public Ingested deserialize(DataInputView source) throws IOException {
        return source.readBoolean()
                ? Ingested.of(rows.deserialize(source))
                : Ingested.of(rejections.deserialize(source));
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
    public Ingested createInstance() {
        return Ingested.of(rows.createInstance());
    }

    @Override
    public TypeSerializerSnapshot<Ingested> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The serializer's entry in a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Ingested> {
        public Snapshot() {
            super(IngestedSerializer::new);
        }
    }
}
