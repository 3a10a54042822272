package dev.noether.model.artifact;

import dev.noether.model.feature.InputForm;
import dev.noether.model.feature.Scaling;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Writes and reads the form of the input and the scaling in the record of an artifact. */
final class ScalingFields {
    private ScalingFields() {}

    static void put(GenericRecord record, Scaling scaling) {
        FloatBytes.put(record, "center", scaling.center());
        FloatBytes.put(record, "scale", scaling.scale());
        double @Nullable [] origin = scaling.origin();
        int count = origin == null ? 0 : origin.length;
        ByteBuffer bytes = ByteBuffer.allocate(count * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        if (origin != null) {
            bytes.asDoubleBuffer().put(origin);
        }
        record.put("origin", bytes);
        putInts(record, "alwaysZero", scaling.alwaysZero());
    }

    static void putInput(GenericRecord record, InputForm input) {
        putInts(record, "counters", input.counters());
        putInts(record, "longestGaps", input.longestGaps());
    }

    static InputForm getInput(GenericRecord record) {
        return new InputForm(ints(record, "counters"), ints(record, "longestGaps"));
    }

    private static void putInts(GenericRecord record, String field, int[] numbers) {
        record.put(field, Arrays.stream(numbers).boxed().toList());
    }

    static Scaling get(GenericRecord record) {
        return new Scaling(
                FloatBytes.get(record, "center"),
                FloatBytes.get(record, "scale"),
                origin(record),
                ints(record, "alwaysZero"));
    }

    private static double @Nullable [] origin(GenericRecord record) {
        DoubleBuffer numbers = ((ByteBuffer) record.get("origin"))
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer();
        double[] origin = new double[numbers.remaining()];
        numbers.get(origin);
        return origin.length == 0 ? null : origin;
    }

    private static int[] ints(GenericRecord record, String field) {
        return ((List<?>) record.get(field))
                .stream().mapToInt(index -> (Integer) index).toArray();
    }
}
