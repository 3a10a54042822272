package dev.noether.schemas;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the field types that Avro's encoder and decoder do not cover: nullable values, enums and lists. Each
 * announced length is checked before memory is allocated. Not thread safe: an instance reuses its buffers.
 */
abstract class RecordFields {
    private final StringCache strings = new StringCache();
    private byte[] text = new byte[64];

    /**
     * Checks an announced number of items before memory is allocated for them.
     *
     * @param count number of items that the bytes announce
     * @param limit maximum number of items
     */
    protected static int checkedCount(long count, int limit) throws MalformedRecordException {
        if (count < 0 || count > limit) {
            throw new MalformedRecordException(
                    RejectionReason.MALFORMED, "a block of " + count + " items, but only " + limit + " bytes are left");
        }
        return (int) count;
    }

    /**
     * Reads a string. Avro's reader would allocate any announced length, and damaged bytes may announce gigabytes.
     *
     * @param in the decoder, positioned at the string
     * @param limit upper bound of the length, bytes
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

    /** Writes a number, or null if it is NaN. */
    protected static void writeNumber(double value, Encoder out) throws IOException {
        if (Double.isNaN(value)) {
            out.writeIndex(0);
        } else {
            out.writeIndex(1);
            out.writeDouble(value);
        }
    }

    /** Reads a number; NaN if it is null. */
    protected static double readNumber(BinaryDecoder in) throws IOException, MalformedRecordException {
        return readBranch(in, 2) == 0 ? Double.NaN : in.readDouble();
    }

    /** Writes a single-precision number, or null if it is NaN. */
    protected static void writeSingle(float value, Encoder out) throws IOException {
        if (Float.isNaN(value)) {
            out.writeIndex(0);
        } else {
            out.writeIndex(1);
            out.writeFloat(value);
        }
    }

    /** Reads a single-precision number; NaN if it is null. */
    protected static float readSingle(BinaryDecoder in) throws IOException, MalformedRecordException {
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

    /** Writes a number, or null for the one that means nothing. */
    protected static void writeLong(long value, long nothing, Encoder out) throws IOException {
        if (value == nothing) {
            out.writeIndex(0);
        } else {
            out.writeIndex(1);
            out.writeLong(value);
        }
    }

    /** Reads a number; the one that means nothing if it is null. */
    protected static long readLong(BinaryDecoder in, long nothing) throws IOException, MalformedRecordException {
        return readBranch(in, 2) == 0 ? nothing : in.readLong();
    }

    /** Writes a model version, or null for {@link Score#NO_MODEL}. */
    protected static void writeModelVersion(long version, Encoder out) throws IOException {
        writeLong(version, Score.NO_MODEL, out);
    }

    /** Reads a model version; {@link Score#NO_MODEL} if it is null. */
    protected static long readModelVersion(BinaryDecoder in) throws IOException, MalformedRecordException {
        return readLong(in, Score.NO_MODEL);
    }
}
