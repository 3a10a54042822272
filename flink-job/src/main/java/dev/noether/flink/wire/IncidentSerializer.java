package dev.noether.flink.wire;

import dev.noether.schemas.BreakShape;
import dev.noether.schemas.Diagnosis;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentCodec;
import dev.noether.schemas.IncidentGroup;
import dev.noether.schemas.IncidentIdentity;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentPeak;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.IncidentTimes;
import dev.noether.schemas.RecordCodec;
import dev.noether.schemas.Severity;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** The serializer of {@link Incident}. */
public final class IncidentSerializer extends CodecSerializer<Incident> {
    private static final long serialVersionUID = 1L;

    @Override
    RecordCodec<Incident> newCodec() {
        return new IncidentCodec();
    }

    @Override
    public TypeSerializer<Incident> duplicate() {
        return new IncidentSerializer();
    }

    @Override
    public Incident createInstance() {
        return new Incident(
                new IncidentIdentity("", "", "", IncidentKind.OTHER),
                IncidentState.OPENED,
                Severity.LOW,
                new IncidentTimes(0, 0, 0),
                IncidentPeak.none(0),
                0,
                new Diagnosis(List.of(), BreakShape.UNKNOWN, ""),
                IncidentGroup.NONE,
                null);
    }

    @Override
    public TypeSerializerSnapshot<Incident> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The serializer's entry in a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Incident> {
        public Snapshot() {
            super(IncidentSerializer::new);
        }
    }
}
