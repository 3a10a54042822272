package dev.noether.model.engine;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/** Native memory for floats that grows to what is asked of it. Not thread-safe. */
final class NativeFloats {
    private FloatPointer pointer = new FloatPointer();
    private FloatBuffer buffer = FloatBuffer.allocate(0);

    /** Makes room for {@code count} values; what was there is lost if there was less. */
    void reserve(int count) {
        if (buffer.capacity() < count) {
            pointer.close();
            pointer = new FloatPointer(count);
            buffer = pointer.asBuffer();
        }
    }

    /** Makes room and copies in. */
    void write(float[] values, int count) {
        write(values, 0, count);
    }

    /** Makes room and copies in what stands from an index on. */
    void write(float[] values, int from, int count) {
        reserve(count);
        buffer.put(0, values, from, count);
    }

    /** Copies out what has been written. */
    void read(float[] values, int count) {
        read(values, 0, count);
    }

    /** Copies out what has been written, to where an index says. */
    void read(float[] values, int to, int count) {
        buffer.get(0, values, to, count);
    }

    FloatPointer pointer() {
        return pointer;
    }

    /** Frees the memory; a later {@link #reserve} starts anew. */
    void close() {
        pointer.close();
        pointer = new FloatPointer();
        buffer = FloatBuffer.allocate(0);
    }
}
