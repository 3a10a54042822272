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

    private final IncidentSerializer incidents = new IncidentSerializer();

    @Override
    public void serialize(IncidentSignal signal, DataOutputView target) throws IOException {
        if (signal instanceof IncidentSignal.IncidentReport report) {
            target.writeBoolean(true);
            incidents.serialize(report.incident(), target);
        } else if (signal instanceof IncidentSignal.FlowState flow) {
            target.writeBoolean(false);
            target.writeInt(flow.subtask());
            target.writeInt(flow.subtasks());
            target.writeBoolean(flow.isStalled());
            target.writeLong(flow.newest());
        }
    }

    @Override
    public IncidentSignal deserialize(DataInputView source) throws IOException {
        boolean isReport = source.readBoolean();
        return isReport
                ? new IncidentSignal.IncidentReport(incidents.deserialize(source))
                : new IncidentSignal.FlowState(
                        source.readInt(), source.readInt(), source.readBoolean(), source.readLong());
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
