package dev.noether.flink.assembly;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Flink's serializer of {@link EntityRows}. */
public final class EntityRowsSerializer extends TypeSerializerSingleton<EntityRows> {
    /** The only instance. */
    public static final EntityRowsSerializer INSTANCE = new EntityRowsSerializer();

    private static final long serialVersionUID = 1L;

    private EntityRowsSerializer() {}

    @Override
    public void serialize(EntityRows rows, DataOutputView target) throws IOException {
        rows.write(target);
    }

    @Override
    public EntityRows deserialize(DataInputView source) throws IOException {
        return EntityRows.read(source);
    }

    @Override
    public EntityRows deserialize(EntityRows reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public EntityRows copy(EntityRows from) {
        return from.copy();
    }

    @Override
    public EntityRows copy(EntityRows from, EntityRows reuse) {
        return from.copy();
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public @Nullable EntityRows createInstance() {
        return null;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public TypeSerializerSnapshot<EntityRows> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The serializer's entry in a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<EntityRows> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
