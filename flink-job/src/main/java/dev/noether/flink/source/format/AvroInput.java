package dev.noether.flink.source.format;

import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RejectionReason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads Avro's binary encoding from an array, within its bounds. It announces no length that it does not have: lengths,
 * numbers of items and depth are limited by the number of bytes, so that damaged bytes cost neither memory nor time.
 * Allocates nothing. Not thread safe.
 */
final class AvroInput {
    private static final int MAX_DEPTH = 100;
    private static final int LONGEST_VARINT = 10;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[0];
    private int at;
    private int depth;
    private long items;

    /** Starts to read a record. */
    void reset(byte[] record, int from) {
        bytes = record;
        at = from;
        depth = 0;
        items = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return at;
    }

    /** Goes back to a position that was read. */
    void goTo(int position) {
        at = position;
    }

    boolean isAtEnd() {
        return at == bytes.length;
    }

    /** Reads an integer of variable length in zigzag encoding: Avro's int and long. */
    long readLong() throws MalformedRecordException {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT; i++) {
            if (at == bytes.length) {
                throw ended();
            }
            byte next = bytes[at++];
            value |= (long) (next & 0x7F) << 7 * i;
            if (next >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw damaged("a number has more than " + LONGEST_VARINT + " bytes");
    }

    float readFloat() throws MalformedRecordException {
        int from = advance(Float.BYTES);
        return Float.intBitsToFloat((int) INT.get(bytes, from));
    }

    double readDouble() throws MalformedRecordException {
        int from = advance(Double.BYTES);
        return Double.longBitsToDouble((long) LONG.get(bytes, from));
    }

    boolean readFlag() throws MalformedRecordException {
        byte flag = bytes[advance(1)];
        if (flag != 0 && flag != 1) {
            throw damaged("a flag is " + flag);
        }
        return flag == 1;
    }

    /** Reads a length, at most that of the bytes that are left. */
    int readLength() throws MalformedRecordException {
        long length = readLong();
        if (length < 0 || length > bytes.length - at) {
            throw length < 0 ? damaged("a length is " + length) : ended();
        }
        return (int) length;
    }

    /** Reads a position in a list of alternatives. */
    int readIndex(int alternatives) throws MalformedRecordException {
        long index = readLong();
        if (index < 0 || index >= alternatives) {
            throw damaged("an alternative is " + index + " of " + alternatives);
        }
        return (int) index;
    }

    /** Reads the number of items of the next block of a list or map; 0 at its end. */
    int readBlock() throws MalformedRecordException {
        long count = readLong();
        if (count < 0) {
            // A negative count is followed by the size of the block, which only a reader that skips needs.
            readLong();
            count = -count;
        }
        items += count;
        if (count < 0 || items > bytes.length) {
            throw damaged("there are more items than bytes");
        }
        return (int) count;
    }

    /** Skips some bytes; returns the position of the first of them. */
    int advance(int length) throws MalformedRecordException {
        if (length > bytes.length - at) {
            throw ended();
        }
        int from = at;
        at += length;
        return from;
    }

    /** Enters a nested record; {@link #leave} leaves it. */
    void enter() throws MalformedRecordException {
        if (++depth > MAX_DEPTH) {
            throw damaged("records are nested more than " + MAX_DEPTH + " deep");
        }
    }

    void leave() {
        depth--;
    }

    private static MalformedRecordException ended() {
        return new MalformedRecordException(RejectionReason.MALFORMED, "the bytes end in the middle of the record");
    }

    private static MalformedRecordException damaged(String problem) {
        return new MalformedRecordException(RejectionReason.MALFORMED, "the bytes do not fit the schema: " + problem);
    }
}
