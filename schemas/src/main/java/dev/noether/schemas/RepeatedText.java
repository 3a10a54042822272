package dev.noether.schemas;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * Writes a nullable text that is nearly always the same object as in the record before: its bytes are made once. Not
 * thread safe.
 */
final class RepeatedText {
    private @Nullable String last;
    private byte[] bytes = {};

    /** Writes the text as Avro's union of null and string. */
    void write(@Nullable String value, Encoder out) throws IOException {
        if (value == null) {
            out.writeIndex(0);
            return;
        }
        out.writeIndex(1);
        writeValue(value, out);
    }

    /** Writes the text as Avro's string. */
    @SuppressWarnings("ReferenceEquality") // another object is encoded again, with the same result
    void writeValue(String value, Encoder out) throws IOException {
        if (value != last) {
            last = value;
            bytes = value.getBytes(StandardCharsets.UTF_8);
        }
        // A string and bytes are the same on the wire: a length and that many bytes.
        out.writeBytes(bytes);
    }
}
