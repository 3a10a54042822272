package dev.noether.flink.ingest;

import dev.noether.schemas.ModelRelease;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;

/**
 * Savepoints of version 0.1 name {@code dev.noether.flink.ingest.ModelReleaseSerializer$Snapshot}. This class keeps that name
 * readable; the serializer itself is {@link dev.noether.flink.wire.ModelReleaseSerializer}.
 */
public final class ModelReleaseSerializer {
    private ModelReleaseSerializer() {}

    /** Restores the serializer under its present name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ModelRelease> {
        /** For Flink, which makes it by its name. */
        public Snapshot() {
            super(dev.noether.flink.wire.ModelReleaseSerializer::new);
        }
    }
}
