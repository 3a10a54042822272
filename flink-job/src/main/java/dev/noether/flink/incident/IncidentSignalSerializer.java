package dev.noether.flink.incident;

import dev.noether.flink.wire.HandWrittenType;
import dev.noether.flink.wire.ImmutableValueSerializer;
import dev.noether.flink.wire.IncidentSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The serializer of {@link IncidentSignal} between two operators of one job. No state holds these bytes, so they may
 * change with each version.
 */
public final class IncidentSignalSerializer extends ImmutableValueSerializer<IncidentSignal> {
    /** The type in Flink. */
    public static final TypeInformation<IncidentSignal> TYPE =
            new HandWrittenType<>(IncidentSignal.class, new IncidentSignalSerializer());

    private static final long serialVersionUID = 1L;
    private static final byte FLOW = 0;
    private static final byte REPORT = 1;
    private static final byte FEATURE = 2;

    private final IncidentSerializer incidents = new IncidentSerializer();

    @Override
    public void serialize(IncidentSignal signal, DataOutputView target) throws IOException {
        if (signal instanceof IncidentSignal.IncidentReport report) {
            target.writeByte(REPORT);
            incidents.serialize(report.incident(), target);
        } else if (signal instanceof IncidentSignal.FlowState flow) {
            target.writeByte(FLOW);
            target.writeInt(flow.subtask());
            target.writeInt(flow.subtasks());
            target.writeBoolean(flow.isStalled());
            target.writeLong(flow.newest());
        } else if (signal instanceof IncidentSignal.FeatureState feature) {
            target.writeByte(FEATURE);
            target.writeInt(feature.subtask());
            target.writeInt(feature.subtasks());
            target.writeUTF(feature.feature());
            target.writeBoolean(feature.isMissing());
            target.writeLong(feature.eventTime());
        }
    }

    @Override
    public IncidentSignal deserialize(DataInputView source) throws IOException {
        byte kind = source.readByte();
        return switch (kind) {
            case REPORT -> new IncidentSignal.IncidentReport(incidents.deserialize(source));
            case FLOW ->
                new IncidentSignal.FlowState(
                        source.readInt(), source.readInt(), source.readBoolean(), source.readLong());
            case FEATURE ->
                new IncidentSignal.FeatureState(
                        source.readInt(), source.readInt(), source.readUTF(), source.readBoolean(), source.readLong());
            default -> throw new IOException("`kind` of a signal must be 0, 1 or 2 (got " + kind + ")");
        };
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public TypeSerializer<IncidentSignal> duplicate() {
        return new IncidentSignalSerializer();
    }

    @Override
    public IncidentSignal createInstance() {
        return new IncidentSignal.FlowState(0, 0, false, Long.MIN_VALUE);
    }

    @Override
    public TypeSerializerSnapshot<IncidentSignal> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The serializer's entry in a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<IncidentSignal> {
        public Snapshot() {
            super(IncidentSignalSerializer::new);
        }
    }
}
