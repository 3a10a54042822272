package dev.noether.flink.wire;

import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelReleaseCodec;
import dev.noether.schemas.RecordCodec;
import dev.noether.schemas.ReleaseCalibration;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.ReleasedArtifact;
import java.util.Map;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** The serializer of {@link ModelRelease}. */
public final class ModelReleaseSerializer extends CodecSerializer<ModelRelease> {
    private static final long serialVersionUID = 1L;

    @Override
    RecordCodec<ModelRelease> newCodec() {
        return new ModelReleaseCodec();
    }

    @Override
    public TypeSerializer<ModelRelease> duplicate() {
        return new ModelReleaseSerializer();
    }

    @Override
    public ModelRelease createInstance() {
        return new ModelRelease(
                "",
                0,
                new ReleasedArtifact("", "", 0),
                0,
                0,
                ReleaseStage.RETIRED,
                0,
                new ReleaseCalibration(0, 0, 0),
                Map.of());
    }

    @Override
    public TypeSerializerSnapshot<ModelRelease> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The serializer's entry in a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ModelRelease> {
        public Snapshot() {
            super(ModelReleaseSerializer::new);
        }
    }
}
