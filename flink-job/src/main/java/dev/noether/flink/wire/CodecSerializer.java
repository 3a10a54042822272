package dev.noether.flink.wire;

import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RecordCodec;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Writes a record of {@code dev.noether.schemas} as its own codec does, behind its length (4 bytes). So state written by an
 * older version stays readable, like the topics.
 *
 * @param <T> the kind of record
 */
abstract class CodecSerializer<T> extends ImmutableValueSerializer<T> {
    private static final long serialVersionUID = 1L;

    private transient @Nullable RecordCodec<T> codec;

    /** Makes a codec: each instance of the serializer has its own. */
    abstract RecordCodec<T> newCodec();

    private RecordCodec<T> codec() {
        RecordCodec<T> current = codec;
        if (current == null) {
            current = newCodec();
            codec = current;
        }
        return current;
    }

    @Override
    public void serialize(T record, DataOutputView target) throws IOException {
        byte[] bytes = codec().encode(record);
        target.writeInt(bytes.length);
        target.write(bytes);
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        try {
            return codec().decode(bytes);
        } catch (MalformedRecordException e) {
            throw new IOException("what this job wrote cannot be read again: " + e.getMessage(), e);
        }
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        int length = source.readInt();
        target.writeInt(length);
        target.write(source, length);
    }
}
