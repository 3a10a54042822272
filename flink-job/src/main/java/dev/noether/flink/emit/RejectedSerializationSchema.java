package dev.noether.flink.emit;

import dev.noether.schemas.RecordCodec;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.RejectedCodec;
import org.jspecify.annotations.Nullable;

/**
 * Serialization of rejected records. The key is the original one. The timestamp is the time of writing, because the
 * original one may be the reason for the rejection; the value contains it.
 */
final class RejectedSerializationSchema extends CodecSerializationSchema<Rejected> {
    private static final long serialVersionUID = 1L;

    RejectedSerializationSchema(String topic, WriteGate gate) {
        super(topic, gate);
    }

    @Override
    RecordCodec<Rejected> newCodec() {
        return new RejectedCodec();
    }

    @Override
    byte @Nullable [] key(Rejected rejected) {
        return rejected.key();
    }

    @Override
    @Nullable
    Long timestamp(Rejected rejected) {
        return null;
    }
}
