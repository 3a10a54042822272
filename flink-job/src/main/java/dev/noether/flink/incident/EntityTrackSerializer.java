package dev.noether.flink.incident;

import dev.noether.incident.tracker.EntityTrack;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The serializer of {@link EntityTrack}, which defines its own bytes and their format version. */
public final class EntityTrackSerializer extends TypeSerializerSingleton<EntityTrack> {
    /** The one instance. */
    public static final EntityTrackSerializer INSTANCE = new EntityTrackSerializer();

    private static final long serialVersionUID = 1L;

    private EntityTrackSerializer() {}

    @Override
    public void serialize(EntityTrack track, DataOutputView target) throws IOException {
        track.write(target);
    }

    @Override
    public EntityTrack deserialize(DataInputView source) throws IOException {
        return EntityTrack.read(source);
    }

    @Override
    public EntityTrack deserialize(EntityTrack reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public EntityTrack copy(EntityTrack from) {
        return from.copy();
    }

    @Override
    public EntityTrack copy(EntityTrack from, EntityTrack reuse) {
        return from.copy();
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public EntityTrack createInstance() {
        return new EntityTrack();
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public TypeSerializerSnapshot<EntityTrack> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The serializer's entry in a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<EntityTrack> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
