package dev.noether.schemas.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON objects, one at a time. Its generator stays open between them, so that a record costs little more than its
 * bytes. A number that is NaN is null; an infinite one is the largest finite one, because JSON has neither. Not thread
 * safe.
 */
final class JsonWriter {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();
    private static final int INITIAL_BYTES = 1024;
    private static final int MOST_NAMES = 256;

    private final ByteArrayBuilder bytes = new ByteArrayBuilder(INITIAL_BYTES);
    private final JsonGenerator generator;
    /** The names of properties with their bytes: nearly all are the same in each record. */
    private final Map<String, SerializedString> names = new HashMap<>();

    private final TimeText times = new TimeText();

    JsonWriter() throws IOException {
        generator = FACTORY.createGenerator(bytes);
        // Nothing between two records.
        generator.setRootValueSeparator(null);
    }

    /** Begins a record. */
    void begin() throws IOException {
        bytes.reset();
        generator.writeStartObject();
    }

    /** Ends the record and returns its bytes. */
    byte[] end() throws IOException {
        generator.writeEndObject();
        generator.flush();
        return bytes.toByteArray();
    }

    private void name(String name) throws IOException {
        SerializedString known = names.get(name);
        if (known == null) {
            known = new SerializedString(name);
            if (names.size() < MOST_NAMES) {
                names.put(name, known);
            }
        }
        generator.writeFieldName(known);
    }

    void text(String name, @Nullable String value) throws IOException {
        name(name);
        if (value == null) {
            generator.writeNull();
        } else {
            value(value);
        }
    }

    void texts(String name, List<String> values) throws IOException {
        name(name);
        generator.writeStartArray();
        for (int i = 0; i < values.size(); i++) {
            value(values.get(i));
        }
        generator.writeEndArray();
    }

    private void value(String text) throws IOException {
        generator.writeString(JsonText.isWellFormed(text) ? text : JsonText.wellFormed(text));
    }

    void constant(String name, @Nullable Enum<?> value) throws IOException {
        name(name);
        if (value == null) {
            generator.writeNull();
        } else {
            generator.writeString(value.name());
        }
    }

    /** Writes a time, milliseconds since 1970 UTC, as ISO 8601 with three decimals, such as 2026-01-24T16:16:00.000Z. */
    void time(String name, long millis) throws IOException {
        name(name);
        int length = times.format(millis);
        if (length == 0) {
            generator.writeString(TimeText.longForm(millis));
        } else {
            generator.writeString(times.characters(), 0, length);
        }
    }

    void integer(String name, long value) throws IOException {
        name(name);
        generator.writeNumber(value);
    }

    /** Writes an integer, or null for the one that means nothing. */
    void integer(String name, long value, long nothing) throws IOException {
        name(name);
        if (value == nothing) {
            generator.writeNull();
        } else {
            generator.writeNumber(value);
        }
    }

    void number(String name, double value) throws IOException {
        name(name);
        if (Double.isNaN(value)) {
            generator.writeNull();
        } else {
            generator.writeNumber(Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value)));
        }
    }

    void single(String name, float value) throws IOException {
        name(name);
        if (Float.isNaN(value)) {
            generator.writeNull();
        } else {
            generator.writeNumber(Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value)));
        }
    }

    void flag(String name, boolean value) throws IOException {
        name(name);
        generator.writeBoolean(value);
    }

    /** Writes the first bytes as base64. */
    void binary(String name, byte[] value, int length) throws IOException {
        name(name);
        generator.writeBinary(value, 0, length);
    }

    void beginArray(String name) throws IOException {
        name(name);
        generator.writeStartArray();
    }

    void endArray() throws IOException {
        generator.writeEndArray();
    }

    /** Begins an item of an array. */
    void beginObject() throws IOException {
        generator.writeStartObject();
    }

    void beginObject(String name) throws IOException {
        name(name);
        generator.writeStartObject();
    }

    void endObject() throws IOException {
        generator.writeEndObject();
    }
}
