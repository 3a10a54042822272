package dev.noether.schemas;

import java.io.OutputStream;
import java.util.Arrays;

/** A growing byte array that, unlike the JDK's stream, takes no locks. Not thread safe. */
final class RecordBuffer extends OutputStream {
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
