package dev.noether.model.artifact;

import dev.noether.model.repeat.RepeatLaw;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.List;
import org.apache.avro.generic.GenericRecord;

/** Writes and reads the law of repetitions in the record of an artifact. Files of format 1 have none. */
final class RepeatFields {
    private static final String FIELD = "repeats";

    private RepeatFields() {}

    static void put(GenericRecord record, RepeatLaw law) {
        int[] numbers = law.numbers();
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(numbers);
        record.put(FIELD, bytes);
    }

    static RepeatLaw get(GenericRecord record) {
        IntBuffer ints = ((ByteBuffer) record.get(FIELD))
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer();
        int[] numbers = new int[ints.remaining()];
        ints.get(numbers);
        int features = ((List<?>) record.get("features")).size();
        return numbers.length == 0 ? RepeatLaw.unknown(features) : RepeatLaw.of(numbers);
    }
}
