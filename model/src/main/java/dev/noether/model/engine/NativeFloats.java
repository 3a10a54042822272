package dev.noether.model.engine;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/** A growing buffer for floats in native memory. Not thread-safe. */
final class NativeFloats {
    private FloatPointer pointer = new FloatPointer();
    private FloatBuffer buffer = FloatBuffer.allocate(0);

    /** Makes room for {@code count} values; the contents are lost if the buffer has to grow. */
    void reserve(int count) {
        if (buffer.capacity() < count) {
            pointer.close();
            pointer = new FloatPointer(count);
            buffer = pointer.asBuffer();
        }
    }

    /** Makes room for the first {@code count} values and copies them in. */
    void write(float[] values, int count) {
        write(values, 0, count);
    }

    /** Makes room for {@code count} values and copies them in from index {@code from} on. */
    void write(float[] values, int from, int count) {
        reserve(count);
        buffer.put(0, values, from, count);
    }

    /** Copies the first {@code count} values of the buffer out. */
    void read(float[] values, int count) {
        read(values, 0, count);
    }

    /** Copies the first {@code count} values of the buffer to index {@code to} of an array. */
    void read(float[] values, int to, int count) {
        buffer.get(0, values, to, count);
    }

    /** The native memory; valid until the buffer grows or is closed. */
    FloatPointer pointer() {
        return pointer;
    }

    /** Frees the memory; a later {@link #reserve} allocates again. */
    void close() {
        pointer.close();
        pointer = new FloatPointer();
        buffer = FloatBuffer.allocate(0);
    }
}
