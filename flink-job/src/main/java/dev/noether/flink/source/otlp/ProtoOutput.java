package dev.noether.flink.source.otlp;

import java.util.Arrays;

/**
 * Writes the encoding of protocol buffers into an array that is used again. The length of a message is written in five
 * bytes, which the encoding allows, so that it can be filled in behind the message. Not thread safe.
 */
final class ProtoOutput {
    private static final int LENGTH_BYTES = 5;

    private byte[] bytes = new byte[1 << 12];
    private int size;

    void clear() {
        size = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    void writeVarint(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    void writeFixed64(long value) {
        ensure(Long.BYTES);
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[size++] = (byte) (value >>> 8 * i);
        }
    }

    /** Writes a text in UTF-8, with its length before it. A half of a pair of surrogates becomes a question mark. */
    void writeText(char[] letters, int from, int length) {
        int start = enter();
        ensure(3 * length);
        for (int i = from; i < from + length; i++) {
            char letter = letters[i];
            if (letter < 0x80) {
                bytes[size++] = (byte) letter;
            } else if (letter < 0x800) {
                bytes[size++] = (byte) (0xC0 | letter >> 6);
                bytes[size++] = (byte) (0x80 | letter & 0x3F);
            } else if (!Character.isSurrogate(letter)) {
                bytes[size++] = (byte) (0xE0 | letter >> 12);
                bytes[size++] = (byte) (0x80 | letter >> 6 & 0x3F);
                bytes[size++] = (byte) (0x80 | letter & 0x3F);
            } else if (i + 1 < from + length && Character.isSurrogatePair(letter, letters[i + 1])) {
                int point = Character.toCodePoint(letter, letters[++i]);
                bytes[size++] = (byte) (0xF0 | point >> 18);
                bytes[size++] = (byte) (0x80 | point >> 12 & 0x3F);
                bytes[size++] = (byte) (0x80 | point >> 6 & 0x3F);
                bytes[size++] = (byte) (0x80 | point & 0x3F);
            } else {
                bytes[size++] = '?';
            }
        }
        leave(start);
    }

    /**
     * Begins a message.
     *
     * @return what {@link #leave} needs
     */
    int enter() {
        ensure(LENGTH_BYTES);
        size += LENGTH_BYTES;
        return size;
    }

    /** Ends the message that began at a position. */
    void leave(int start) {
        int length = size - start;
        for (int i = 0; i < LENGTH_BYTES; i++) {
            int more = i < LENGTH_BYTES - 1 ? 0x80 : 0;
            bytes[start - LENGTH_BYTES + i] = (byte) (length >>> 7 * i & 0x7F | more);
        }
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
