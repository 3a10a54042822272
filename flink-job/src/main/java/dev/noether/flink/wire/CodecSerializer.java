package dev.noether.flink.wire;

import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RecordCodec;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Writes a record of {@code dev.noether.schemas}: the number of bytes (4 bytes), then the bytes of the record's own
 * codec. The codec reads records of older versions, so old state stays readable.
 *
 * @param <T> type of the records
 */
abstract class CodecSerializer<T> extends ImmutableValueSerializer<T> {
    private static final long serialVersionUID = 1L;

    /** Larger than any record of Kafka that a broker accepts by default; a larger length is damage. */
    private static final int LARGEST_RECORD = 1 << 28;

    private transient @Nullable RecordCodec<T> codec;

    /** Makes a codec. Each instance of the serializer has its own, because codecs are not thread safe. */
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
        byte[] bytes = new byte[length(source)];
        source.readFully(bytes);
        try {
            return codec().decode(bytes);
        } catch (MalformedRecordException e) {
            throw new IOException("a record in the state or between operators cannot be decoded: " + e.getMessage(), e);
        }
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        int length = length(source);
        target.writeInt(length);
        target.write(source, length);
    }

    private static int length(DataInputView source) throws IOException {
        int length = source.readInt();
        if (length < 0 || length > LARGEST_RECORD) {
            throw new IOException("the state is damaged: a record has " + length + " bytes");
        }
        return length;
    }
}
