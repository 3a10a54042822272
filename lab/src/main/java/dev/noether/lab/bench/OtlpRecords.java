package dev.noether.lab.bench;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes one observation as OpenTelemetry's {@code ExportMetricsServiceRequest} in the encoding of protocol buffers: a
 * resource with the attribute {@code host.name}, and a gauge for each feature. Not thread-safe.
 */
final class OtlpRecords {
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_64 = 1;
    private static final int BITS = 3;
    private static final int SEVEN_BITS = 0x7F;
    private static final int MORE = 0x80;
    private static final long NANOS_OF_MILLI = 1_000_000;

    private final List<byte[]> names;

    OtlpRecords(List<String> features) {
        names = features.stream()
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    byte[] encode(String entity, long time, float[] values) {
        ByteArrayOutputStream scope = new ByteArrayOutputStream();
        for (int i = 0; i < values.length; i++) {
            ByteArrayOutputStream point = new ByteArrayOutputStream();
            fixed(point, 3, time * NANOS_OF_MILLI);
            fixed(point, 4, Double.doubleToRawLongBits(values[i]));
            ByteArrayOutputStream metric = new ByteArrayOutputStream();
            field(metric, 1, names.get(i));
            field(metric, 5, message(1, point.toByteArray()));
            field(scope, 2, metric.toByteArray());
        }
        ByteArrayOutputStream attribute = new ByteArrayOutputStream();
        field(attribute, 1, "host.name".getBytes(StandardCharsets.UTF_8));
        field(attribute, 2, message(1, entity.getBytes(StandardCharsets.UTF_8)));
        ByteArrayOutputStream resource = new ByteArrayOutputStream();
        field(resource, 1, message(1, attribute.toByteArray()));
        field(resource, 2, scope.toByteArray());
        return message(1, resource.toByteArray());
    }

    private static byte[] message(int number, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        field(out, number, content);
        return out.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, int number, byte[] content) {
        out.write(number << BITS | LENGTH_DELIMITED);
        int length = content.length;
        while (length > SEVEN_BITS) {
            out.write(length & SEVEN_BITS | MORE);
            length >>>= 7;
        }
        out.write(length);
        out.writeBytes(content);
    }

    private static void fixed(ByteArrayOutputStream out, int number, long bits) {
        out.write(number << BITS | FIXED_64);
        out.writeBytes(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(bits)
                .array());
    }
}
