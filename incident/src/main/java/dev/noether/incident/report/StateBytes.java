package dev.noether.incident.report;

import java.io.DataInput;
import java.io.IOException;
import java.util.Arrays;

/** Reads lengths and choices of Flink's state, which may be damaged. Nothing is allocated for bytes that are not there. */
final class StateBytes {
    /** Longer arrays are read in pieces, and end with the input. */
    private static final int PIECE_BYTES = 1 << 16;

    private StateBytes() {}

    /**
     * Reads a number of items.
     *
     * @throws IOException if it is negative
     */
    static int readCount(String items, DataInput source) throws IOException {
        int count = source.readInt();
        if (count < 0) {
            throw new IOException("the state is damaged: the number of " + items + " is " + count);
        }
        return count;
    }

    /** Returns how many items to make room for before they are read. */
    static int room(int count) {
        return Math.min(count, 1024);
    }

    /**
     * Reads a length and that many bytes.
     *
     * @throws IOException if the length is negative
     * @throws java.io.EOFException if fewer bytes are left
     */
    static byte[] read(DataInput source) throws IOException {
        int length = readCount("bytes of a text", source);
        byte[] bytes = new byte[Math.min(length, PIECE_BYTES)];
        source.readFully(bytes);
        for (int filled = bytes.length; filled < length; filled = bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * filled));
            source.readFully(bytes, filled, bytes.length - filled);
        }
        return bytes;
    }

    /**
     * Reads the position of a constant.
     *
     * @throws IOException if there is none at that position
     */
    static <E extends Enum<E>> E readConstant(E[] constants, DataInput source) throws IOException {
        int position = source.readByte();
        if (position < 0 || position >= constants.length) {
            throw new IOException("the state is damaged or of a later version: no "
                    + constants[0].getDeclaringClass().getSimpleName() + " has number " + position + "; the last is "
                    + (constants.length - 1));
        }
        return constants[position];
    }
}
