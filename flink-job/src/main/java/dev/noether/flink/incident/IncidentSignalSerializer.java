package dev.noether.flink.incident;

import dev.noether.flink.wire.HandWrittenType;
import dev.noether.flink.wire.ImmutableValueSerializer;
import dev.noether.incident.tracker.IncidentReport;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** The serializer of {@link IncidentSignal}. It is never state. */
public final class IncidentSignalSerializer extends ImmutableValueSerializer<IncidentSignal> {
    /** The type in Flink. */
    public static final TypeInformation<IncidentSignal> TYPE =
            new HandWrittenType<>(IncidentSignal.class, new IncidentSignalSerializer());

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(IncidentSignal signal, DataOutputView target) throws IOException {
        IncidentReport report = signal.report();
        target.writeBoolean(report != null);
        if (report != null) {
            report.write(target);
        }
        target.writeInt(signal.subtask());
        target.writeInt(signal.subtasks());
        target.writeBoolean(signal.isStalled());
        target.writeLong(signal.newest());
    }

    @Override
    public IncidentSignal deserialize(DataInputView source) throws IOException {
        @Nullable IncidentReport report = source.readBoolean() ? IncidentReport.read(source) : null;
        return new IncidentSignal(report, source.readInt(), source.readInt(), source.readBoolean(), source.readLong());
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public TypeSerializer<IncidentSignal> duplicate() {
        return this;
    }

    @Override
    public IncidentSignal createInstance() {
        return new IncidentSignal(null, 0, 0, false, Long.MIN_VALUE);
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
