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
        reserve(count);
        buffer.put(0, values, 0, count);
    }

    /** Copies out what has been written. */
    void read(float[] values, int count) {
        buffer.get(0, values, 0, count);
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
