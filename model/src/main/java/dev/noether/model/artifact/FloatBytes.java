package dev.noether.model.artifact;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.apache.avro.generic.GenericRecord;

/** Writes and reads float arrays as bytes of a field, little-endian. Arrays of Avro would box each number. */
final class FloatBytes {
    private FloatBytes() {}

    static void put(GenericRecord record, String field, float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        record.put(field, buffer);
    }

    static float[] get(GenericRecord record, String field) {
        FloatBuffer buffer = ((ByteBuffer) record.get(field))
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    static boolean isEmpty(GenericRecord record, String field) {
        return !((ByteBuffer) record.get(field)).hasRemaining();
    }
}
