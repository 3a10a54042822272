package dev.noether.flink.emit;

import dev.noether.schemas.Rejected;
import dev.noether.schemas.output.OutputCodec;
import dev.noether.schemas.output.OutputFormat;
import org.jspecify.annotations.Nullable;

/**
 * Serialization of rejected records. The key is the original one. The timestamp is the time of writing, because the
 * original one may be the reason for the rejection; the value contains it.
 */
final class RejectedSerializationSchema extends CodecSerializationSchema<Rejected> {
    private static final long serialVersionUID = 1L;

    private final int maxValueBytes;

    RejectedSerializationSchema(String topic, OutputFormat format, int maxValueBytes, WriteGate gate) {
        super(topic, format, gate);
        this.maxValueBytes = maxValueBytes;
    }

    @Override
    OutputCodec<Rejected> newCodec(OutputFormat format) {
        return OutputCodec.rejected(format, maxValueBytes);
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
