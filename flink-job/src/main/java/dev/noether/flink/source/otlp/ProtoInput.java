package dev.noether.flink.source.otlp;

import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RejectionReason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads the encoding of protocol buffers from an array, within the bounds of one message after the other. It can go back
 * in a message, which the readers of the library cannot. Allocates nothing. Not thread safe.
 */
final class ProtoInput {
    /** The ways in which a field is encoded. */
    static final int VARINT = 0;

    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int FIXED32 = 5;

    private static final int LONGEST_VARINT = 10;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[0];
    private int at;
    private int end;
    private int tag;

    /** Starts to read a message. */
    void reset(byte[] message, int from, int to) {
        bytes = message;
        at = from;
        end = to;
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return at;
    }

    /** Goes back to a position of the current message. */
    void goTo(int position) {
        at = position;
    }

    /** Reads the number of the next field; false at the end of the message. */
    boolean next() throws MalformedRecordException {
        if (at >= end) {
            return false;
        }
        long value = readVarint();
        if (value >>> 3 == 0 || value != (int) value) {
            throw damaged("a field has no number");
        }
        tag = (int) value;
        return true;
    }

    /** Returns the number and the encoding of the current field, as {@link #tag(int, int)} gives it. */
    int tag() {
        return tag;
    }

    /** Returns what {@link #tag()} is for a field of a number and an encoding. */
    static int tag(int number, int encoding) {
        return number << 3 | encoding;
    }

    long readVarint() throws MalformedRecordException {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT; i++) {
            if (at >= end) {
                throw ended();
            }
            byte next = bytes[at++];
            value |= (long) (next & 0x7F) << 7 * i;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged("a number has more than " + LONGEST_VARINT + " bytes");
    }

    long readFixed64() throws MalformedRecordException {
        return (long) LONG.get(bytes, advance(Long.BYTES));
    }

    double readDouble() throws MalformedRecordException {
        return Double.longBitsToDouble(readFixed64());
    }

    /** Reads a length, at most that of the bytes that are left in the message. */
    int readLength() throws MalformedRecordException {
        long length = readVarint();
        if (length < 0 || length > end - at) {
            throw ended();
        }
        return (int) length;
    }

    /** Skips some bytes; returns the position of the first of them. */
    int advance(int length) throws MalformedRecordException {
        if (length > end - at) {
            throw ended();
        }
        int from = at;
        at += length;
        return from;
    }

    /**
     * Enters the message that the current field is.
     *
     * @return where the outer message ends, for {@link #leave}
     */
    int enter() throws MalformedRecordException {
        int length = readLength();
        int outer = end;
        end = at + length;
        return outer;
    }

    /** Goes on behind the message that was entered last. */
    void leave(int outer) {
        at = end;
        end = outer;
    }

    /** Skips the current field. */
    void skip() throws MalformedRecordException {
        switch (tag & 7) {
            case VARINT -> readVarint();
            case FIXED64 -> advance(Long.BYTES);
            case BYTES -> advance(readLength());
            case FIXED32 -> advance(Integer.BYTES);
            default -> throw damaged("a field has the encoding " + (tag & 7));
        }
    }

    private static MalformedRecordException ended() {
        return damaged("the bytes end in the middle of a message");
    }

    static MalformedRecordException damaged(String problem) {
        return new MalformedRecordException(
                RejectionReason.MALFORMED, "the record holds no metrics of OpenTelemetry: " + problem);
    }
}
