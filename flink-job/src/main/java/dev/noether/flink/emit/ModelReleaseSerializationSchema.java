package dev.noether.flink.emit;

import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelReleaseCodec;
import dev.noether.schemas.RecordCodec;
import java.nio.charset.StandardCharsets;

/**
 * Serialization of releases. The key is {@code detector/version}, so that compaction keeps the last one of a version.
 */
final class ModelReleaseSerializationSchema extends CodecSerializationSchema<ModelRelease> {
    private static final long serialVersionUID = 1L;

    ModelReleaseSerializationSchema(String topic) {
        super(topic, WriteGate.OPEN);
    }

    @Override
    RecordCodec<ModelRelease> newCodec() {
        return new ModelReleaseCodec();
    }

    @Override
    byte[] key(ModelRelease release) {
        return (release.detector() + "/" + release.version()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    Long timestamp(ModelRelease release) {
        return release.announcedAt();
    }
}
