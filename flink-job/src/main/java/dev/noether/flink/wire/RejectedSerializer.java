package dev.noether.flink.wire;

import dev.noether.schemas.RecordCodec;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectedCodec;
import dev.noether.schemas.RejectionReason;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** The serializer of {@link Rejected}. */
public final class RejectedSerializer extends CodecSerializer<Rejected> {
    private static final long serialVersionUID = 1L;

    @Override
    RecordCodec<Rejected> newCodec() {
        return new RejectedCodec();
    }

    @Override
    public TypeSerializer<Rejected> duplicate() {
        return new RejectedSerializer();
    }

    @Override
    @SuppressWarnings("NullAway") // key and value may be null; the annotation on an array is lost between modules
    public Rejected createInstance() {
        return new Rejected("", 0, 0, 0, RejectionReason.OTHER, "", null, null, -1);
    }

    @Override
    public TypeSerializerSnapshot<Rejected> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The serializer's entry in a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Rejected> {
        public Snapshot() {
            super(RejectedSerializer::new);
        }
    }
}
