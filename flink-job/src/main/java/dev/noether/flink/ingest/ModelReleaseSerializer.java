package dev.noether.flink.ingest;

import dev.noether.schemas.ModelRelease;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;

/**
 * The name of a serializer in savepoints of version 0.1, which hold
 * {@code dev.noether.flink.ingest.ModelReleaseSerializer$Snapshot}. The serializer itself is
 * {@link dev.noether.flink.wire.ModelReleaseSerializer}.
 */
public final class ModelReleaseSerializer {
    private ModelReleaseSerializer() {}

    /** Restores the serializer of the present version. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ModelRelease> {
        /** Makes a snapshot. Flink calls this by reflection. */
        public Snapshot() {
            super(dev.noether.flink.wire.ModelReleaseSerializer::new);
        }
    }
}
