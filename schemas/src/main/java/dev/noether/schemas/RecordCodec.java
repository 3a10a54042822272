package dev.noether.schemas;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Turns records of one kind into bytes and back: Avro single-object encoding, the body written and read by hand in the
 * order of the newest schema, because Avro's own readers box each number of an array.
 *
 * <p>Bytes of an older version are first translated to the newest schema by Avro's own schema resolution, then read the
 * same way. Each record is decoded with a freshly reset decoder, so that a damaged record cannot disturb the next one.
 *
 * <p>Not thread safe: an instance keeps its buffers.
 *
 * @param <T> the kind of record
 */
public abstract class RecordCodec<T> {
    /** Bytes before the body: two of marker, eight of fingerprint. */
    public static final int HEADER_BYTES = 10;

    private static final int MARKER_0 = 0xC3;
    private static final int MARKER_1 = 0x01;

    private final Schema schema;
    private final SchemaStore store;
    private final long fingerprint;
    private final byte[] header;
    private final Buffer buffer = new Buffer();
    private final StringCache strings = new StringCache();
    private byte[] text = new byte[64];
    private @Nullable BinaryEncoder encoder;
    private @Nullable BinaryDecoder decoder;

    /**
     * Makes a codec.
     *
     * @param schema the newest schema, whose field order {@link #write} and {@link #read} follow
     * @param store the schemas whose bytes can be read
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

    /** The schema that is written. */
    public final Schema schema() {
        return schema;
    }

    /** Returns the record's single-object encoding. */
    public final byte[] encode(T record) {
        buffer.reset();
        buffer.write(header, 0, HEADER_BYTES);
        BinaryEncoder current = encoder;
        // Only an encoder that has written a whole record is used again: what a failure leaves behind in it must not
        // come out in front of the next one.
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
     * @throws MalformedRecordException if the bytes are no single-object encoding, if the writer's schema is unknown or
     *     is one of another kind, or if the body is damaged, cut short or too long
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
        return decodeBody(translate(bytes, writerSchema), 0);
    }

    /** Writes the record's fields in the order of the schema. */
    protected abstract void write(T record, Encoder out) throws IOException;

    /**
     * Reads the record's fields in the order of the schema.
     *
     * @param in the decoder, standing at the first field
     * @param limit an upper bound of what is left to read, bytes: no array can have more items than this
     */
    protected abstract T read(BinaryDecoder in, int limit) throws IOException, MalformedRecordException;

    /**
     * Checks a count that was read from the bytes before memory is spent on it.
     *
     * @param count the number of items that the bytes announce
     * @param limit how many there can be at most
     */
    protected static int checkedCount(long count, int limit) throws MalformedRecordException {
        if (count < 0 || count > limit) {
            throw new MalformedRecordException(
                    RejectionReason.MALFORMED, "a block of " + count + " items, but only " + limit + " bytes are left");
        }
        return (int) count;
    }

    /**
     * Reads a string. Avro's own reader believes the announced length and allocates it; damaged bytes announce gigabytes.
     *
     * @param in the decoder, standing at the string
     * @param limit an upper bound of its bytes
     */
    protected final String readString(BinaryDecoder in, int limit) throws IOException, MalformedRecordException {
        int length = checkedCount(in.readLong(), limit);
        if (length > text.length) {
            text = new byte[Math.max(2 * text.length, length)];
        }
        in.readFixed(text, 0, length);
        return strings.get(text, length);
    }

    /** Reads bytes; see {@link #readString}. */
    protected static byte[] readBytes(BinaryDecoder in, int limit) throws IOException, MalformedRecordException {
        byte[] bytes = new byte[checkedCount(in.readLong(), limit)];
        in.readFixed(bytes);
        return bytes;
    }

    /** Reads the branch number of a union. */
    protected static int readBranch(BinaryDecoder in, int branches) throws IOException, MalformedRecordException {
        int branch = in.readIndex();
        if (branch < 0 || branch >= branches) {
            throw new MalformedRecordException(
                    RejectionReason.MALFORMED, "union branch " + branch + ", expected 0 to " + (branches - 1));
        }
        return branch;
    }

    /** Reads an enum symbol. */
    protected static <E extends Enum<E>> E readEnum(BinaryDecoder in, E[] symbols)
            throws IOException, MalformedRecordException {
        int symbol = in.readEnum();
        if (symbol < 0 || symbol >= symbols.length) {
            throw new MalformedRecordException(
                    RejectionReason.MALFORMED, "enum symbol " + symbol + ", expected 0 to " + (symbols.length - 1));
        }
        return symbols[symbol];
    }

    /** Writes a number, or null where it is NaN. */
    protected static void writeNumber(double value, Encoder out) throws IOException {
        if (Double.isNaN(value)) {
            out.writeIndex(0);
        } else {
            out.writeIndex(1);
            out.writeDouble(value);
        }
    }

    /** Reads a number; NaN where it is null. */
    protected static double readNumber(BinaryDecoder in) throws IOException, MalformedRecordException {
        return readBranch(in, 2) == 0 ? Double.NaN : in.readDouble();
    }

    /** Writes a number of single precision, or null where it is NaN. */
    protected static void writeFraction(float value, Encoder out) throws IOException {
        if (Float.isNaN(value)) {
            out.writeIndex(0);
        } else {
            out.writeIndex(1);
            out.writeFloat(value);
        }
    }

    /** Reads a number of single precision; NaN where it is null. */
    protected static float readFraction(BinaryDecoder in) throws IOException, MalformedRecordException {
        return readBranch(in, 2) == 0 ? Float.NaN : in.readFloat();
    }

    /** Writes a text that may be null. */
    protected static void writeText(@Nullable String value, Encoder out) throws IOException {
        if (value == null) {
            out.writeIndex(0);
        } else {
            out.writeIndex(1);
            out.writeString(value);
        }
    }

    /** Reads a text that may be null; see {@link #readString}. */
    protected final @Nullable String readText(BinaryDecoder in, int limit)
            throws IOException, MalformedRecordException {
        return readBranch(in, 2) == 0 ? null : readString(in, limit);
    }

    /** Writes a list of texts. */
    protected static void writeTexts(List<String> values, Encoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(values.size());
        for (String value : values) {
            out.startItem();
            out.writeString(value);
        }
        out.writeArrayEnd();
    }

    /** Reads a list of texts; see {@link #readString}. */
    protected final List<String> readTexts(BinaryDecoder in, int limit) throws IOException, MalformedRecordException {
        List<String> values = new ArrayList<>();
        for (long items = in.readArrayStart(); items != 0; items = in.arrayNext()) {
            int count = checkedCount(items, limit);
            for (int i = 0; i < count; i++) {
                values.add(readString(in, limit));
            }
        }
        return List.copyOf(values);
    }

    /** Writes a model version, or null where no model is meant. */
    protected static void writeModelVersion(long version, Encoder out) throws IOException {
        if (version == Score.NO_MODEL) {
            out.writeIndex(0);
        } else {
            out.writeIndex(1);
            out.writeLong(version);
        }
    }

    /** Reads a model version; {@link Score#NO_MODEL} where it is null. */
    protected static long readModelVersion(BinaryDecoder in) throws IOException, MalformedRecordException {
        return readBranch(in, 2) == 0 ? Score.NO_MODEL : in.readLong();
    }

    private static long fingerprint(byte[] bytes) throws MalformedRecordException {
        if (bytes.length < 2 || (bytes[0] & 0xFF) != MARKER_0 || (bytes[1] & 0xFF) != MARKER_1) {
            throw new MalformedRecordException(
                    RejectionReason.NOT_AVRO,
                    "the first two bytes are not C3 01, the marker of Avro's single-object encoding");
        }
        if (bytes.length < HEADER_BYTES) {
            throw new MalformedRecordException(
                    RejectionReason.MALFORMED, "only " + bytes.length + " bytes, the header alone has " + HEADER_BYTES);
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    }

    private T decodeBody(byte[] bytes, int from) throws MalformedRecordException {
        int length = bytes.length - from;
        try {
            decoder = DecoderFactory.get().binaryDecoder(bytes, from, length, decoder);
            T record = read(decoder, length);
            if (!decoder.isEnd()) {
                throw new MalformedRecordException(RejectionReason.MALFORMED, "bytes are left over behind the record");
            }
            return record;
        } catch (EOFException e) {
            throw new MalformedRecordException(RejectionReason.MALFORMED, "the bytes end in the middle of the record");
        } catch (IOException | RuntimeException e) {
            // Avro answers damaged bytes with many kinds of unchecked exceptions; none of them may stop a stream.
            throw new MalformedRecordException(RejectionReason.MALFORMED, "the body is damaged: " + e.getMessage());
        }
    }

    private byte[] translate(byte[] bytes, Schema writerSchema) throws MalformedRecordException {
        int length = bytes.length - HEADER_BYTES;
        try {
            BinaryDecoder in = DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, length, null);
            // Avro believes an announced length before it reads; so the lengths are looked at first.
            new LengthCheck(in, length).check(writerSchema);
            if (!in.isEnd()) {
                throw new MalformedRecordException(RejectionReason.MALFORMED, "bytes are left over behind the record");
            }
            in = DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, length, null);
            Object datum = new GenericDatumReader<>(writerSchema, schema).read(null, in);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            BinaryEncoder body = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<>(schema).write(datum, body);
            body.flush();
            return out.toByteArray();
        } catch (EOFException e) {
            throw new MalformedRecordException(RejectionReason.MALFORMED, "the bytes end in the middle of the record");
        } catch (IOException | RuntimeException e) {
            throw new MalformedRecordException(RejectionReason.MALFORMED, "the body is damaged: " + e.getMessage());
        }
    }

    /** A byte array stream without the locks of the JDK's. */
    private static final class Buffer extends OutputStream {
        private byte[] bytes = new byte[512];
        private int size;

        void reset() {
            size = 0;
        }

        @Override
        public void write(int value) {
            ensure(1);
            bytes[size++] = (byte) value;
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            ensure(length);
            System.arraycopy(source, offset, bytes, size, length);
            size += length;
        }

        byte[] toByteArray() {
            return Arrays.copyOf(bytes, size);
        }

        private void ensure(int more) {
            if (size + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
            }
        }
    }
}
