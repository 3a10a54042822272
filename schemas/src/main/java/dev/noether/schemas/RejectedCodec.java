package dev.noether.schemas;

import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** The codec of {@link Rejected}. */
public final class RejectedCodec extends RecordCodec<Rejected> {
    private static final RejectionReason[] REASONS = RejectionReason.values();

    public RejectedCodec() {
        super(SchemaStore.newest("Rejected"), SchemaStore.released());
    }

    @Override
    protected void write(Rejected rejected, Encoder out) throws IOException {
        out.writeString(rejected.topic());
        out.writeInt(rejected.partition());
        out.writeLong(rejected.offset());
        out.writeLong(rejected.timestamp());
        out.writeEnum(rejected.reason().ordinal());
        out.writeString(rejected.error());
        writeNullable(rejected.key(), out);
        writeNullable(rejected.value(), out);
        out.writeLong(rejected.valueBytes());
    }

    @Override
    protected Rejected read(BinaryDecoder in, int limit) throws IOException, MalformedRecordException {
        return new Rejected(
                readString(in, limit),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                readEnum(in, REASONS),
                readString(in, limit),
                readNullable(in, limit),
                readNullable(in, limit),
                in.readLong());
    }

    private static void writeNullable(byte @Nullable [] bytes, Encoder out) throws IOException {
        if (bytes == null) {
            out.writeIndex(0);
        } else {
            out.writeIndex(1);
            out.writeBytes(bytes);
        }
    }

    private static byte @Nullable [] readNullable(BinaryDecoder in, int limit)
            throws IOException, MalformedRecordException {
        return readBranch(in, 2) == 0 ? null : readBytes(in, limit);
    }
}
