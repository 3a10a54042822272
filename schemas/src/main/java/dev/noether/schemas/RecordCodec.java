package dev.noether.schemas;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes records of one type in Avro's single-object encoding. Subclasses write and read the fields
 * themselves, in the order of the newest schema, because Avro's readers box each number of an array.
 *
 * <p>Bytes of an older version are first translated to the newest schema by Avro's schema resolution. The decoder is
 * reset for each record, so that a damaged record does not affect the next one.
 *
 * <p>Not thread safe: an instance reuses its buffers.
 *
 * @param <T> the type of the records
 */
public abstract class RecordCodec<T> extends RecordFields {
    /** Length of the header, bytes: two of the marker, eight of the fingerprint. */
    public static final int HEADER_BYTES = 10;

    private static final int MARKER_0 = 0xC3;
    private static final int MARKER_1 = 0x01;

    private final Schema schema;
    private final SchemaStore store;
    private final long fingerprint;
    private final byte[] header;
    private final RecordBuffer buffer = new RecordBuffer();
    private @Nullable BinaryEncoder encoder;
    private @Nullable BinaryDecoder decoder;

    /**
     * Makes a codec.
     *
     * @param schema the newest schema; {@link #write} and {@link #read} follow its field order
     * @param store the schemas whose bytes are readable
     */
    protected RecordCodec(Schema schema, SchemaStore store) {
        this.schema = schema;
        this.store = store;
        this.fingerprint = SchemaStore.fingerprint(schema);
        this.header = ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) MARKER_0)
                .put((byte) MARKER_1)
                .putLong(fingerprint)
                .array();
    }

    /** Returns the schema that is written. */
    public final Schema schema() {
        return schema;
    }

    /** Returns the record's single-object encoding. */
    public final byte[] encode(T record) {
        buffer.reset();
        buffer.write(header, 0, HEADER_BYTES);
        BinaryEncoder current = encoder;
        // An encoder is reused only after a complete record. After a failure it may hold bytes that would precede the
        // next
        // record.
        encoder = null;
        if (current == null) {
            current = EncoderFactory.get().binaryEncoder(buffer, null);
        }
        try {
            write(record, current);
            current.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a memory buffer does not fail", e);
        }
        encoder = current;
        return buffer.toByteArray();
    }

    /**
     * Reads one record.
     *
     * @throws MalformedRecordException if the bytes are not a single-object encoding, if the writer's schema is unknown
     *     or belongs to another record, or if the body is damaged, cut short or too long
     */
    public final T decode(byte[] bytes) throws MalformedRecordException {
        long writer = fingerprint(bytes);
        if (writer == fingerprint) {
            return decodeBody(bytes, HEADER_BYTES);
        }
        Schema writerSchema = store.find(writer);
        if (writerSchema == null || !writerSchema.getFullName().equals(schema.getFullName())) {
            throw new MalformedRecordException(
                    RejectionReason.UNKNOWN_SCHEMA,
                    String.format(
                            "schema fingerprint %016x is %s, expected %s (%016x or an older release of it)",
                            writer,
                            writerSchema == null ? "not known" : writerSchema.getFullName(),
                            schema.getFullName(),
                            fingerprint));
        }
        return decodeBody(SchemaTranslation.translate(bytes, HEADER_BYTES, writerSchema, schema), 0);
    }

    /** Writes the record's fields in the order of the schema. */
    protected abstract void write(T record, Encoder out) throws IOException;

    /**
     * Reads the record's fields in the order of the schema.
     *
     * @param in the decoder, positioned at the first field
     * @param limit upper bound of the remaining length, bytes; no array can have more items
     */
    protected abstract T read(BinaryDecoder in, int limit) throws IOException, MalformedRecordException;

    /** Returns the fingerprint of the schema that a record was written with. */
    static long fingerprint(byte[] bytes) throws MalformedRecordException {
        if (bytes.length < 2 || (bytes[0] & 0xFF) != MARKER_0 || (bytes[1] & 0xFF) != MARKER_1) {
            throw new MalformedRecordException(
                    RejectionReason.NOT_AVRO,
                    "the first two bytes are not C3 01, the marker of Avro's single-object encoding");
        }
        if (bytes.length < HEADER_BYTES) {
            throw new MalformedRecordException(
                    RejectionReason.MALFORMED,
                    "the record has only " + bytes.length + " bytes, the header alone has " + HEADER_BYTES);
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    }

    private T decodeBody(byte[] bytes, int from) throws MalformedRecordException {
        int length = bytes.length - from;
        try {
            decoder = DecoderFactory.get().binaryDecoder(bytes, from, length, decoder);
            T record = read(decoder, length);
            if (!decoder.isEnd()) {
                throw new MalformedRecordException(RejectionReason.MALFORMED, "bytes are left over after the record");
            }
            return record;
        } catch (EOFException e) {
            throw new MalformedRecordException(RejectionReason.MALFORMED, "the bytes end in the middle of the record");
        } catch (IOException | RuntimeException e) {
            // For damaged bytes, Avro throws many kinds of unchecked exceptions; none of them may stop a stream.
            throw new MalformedRecordException(RejectionReason.MALFORMED, "the body is damaged: " + e.getMessage());
        }
    }
}
