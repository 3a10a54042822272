package dev.noether.console.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON object. A number that is NaN or infinite, and any value that is absent, is null. Not thread safe.
 */
public final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator generator;

    private JsonText(JsonGenerator generator) {
        this.generator = generator;
    }

    /** Writes the properties of an object. */
    @FunctionalInterface
    public interface ObjectBody {
        void write(JsonText json) throws IOException;
    }

    /** Writes the properties of one object for a value. */
    @FunctionalInterface
    public interface ItemBody<T> {
        void write(JsonText json, T value) throws IOException;
    }

    /** Returns an object as bytes. */
    public static byte[] object(ObjectBody body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
        try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
            generator.writeStartObject();
            body.write(new JsonText(generator));
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        }
        return bytes.toByteArray();
    }

    /** Writes a text. Half of a surrogate pair, which no UTF-8 has, becomes a replacement character. */
    public JsonText text(String name, @Nullable String value) throws IOException {
        generator.writeFieldName(name);
        value(value);
        return this;
    }

    /** Writes the name of a constant. */
    public JsonText constant(String name, @Nullable Enum<?> value) throws IOException {
        return text(name, value == null ? null : value.name());
    }

    /** Writes an integer. */
    public JsonText integer(String name, long value) throws IOException {
        generator.writeNumberField(name, value);
        return this;
    }

    /** Writes an integer, or null. */
    public JsonText integerOrNull(String name, @Nullable Long value) throws IOException {
        if (value == null) {
            generator.writeNullField(name);
        } else {
            generator.writeNumberField(name, value.longValue());
        }
        return this;
    }

    /** Writes a number; null if it is not finite. */
    public JsonText number(String name, double value) throws IOException {
        generator.writeFieldName(name);
        value(value);
        return this;
    }

    /** Writes a number of single precision with its own digits; null if it is not finite. */
    public JsonText single(String name, float value) throws IOException {
        generator.writeFieldName(name);
        value(value);
        return this;
    }

    /** Writes a flag. */
    public JsonText flag(String name, boolean value) throws IOException {
        generator.writeBooleanField(name, value);
        return this;
    }

    /** Writes a flag, or null. */
    public JsonText flagOrNull(String name, @Nullable Boolean value) throws IOException {
        if (value == null) {
            generator.writeNullField(name);
            return this;
        }
        return flag(name, value);
    }

    /** Writes null. */
    public JsonText nothing(String name) throws IOException {
        generator.writeNullField(name);
        return this;
    }

    /** Writes an object. */
    public JsonText object(String name, ObjectBody body) throws IOException {
        generator.writeObjectFieldStart(name);
        body.write(this);
        generator.writeEndObject();
        return this;
    }

    /** Writes an array of objects, one for each value. */
    public <T> JsonText objects(String name, Collection<T> values, ItemBody<? super T> body) throws IOException {
        generator.writeArrayFieldStart(name);
        for (T value : values) {
            generator.writeStartObject();
            body.write(this, value);
            generator.writeEndObject();
        }
        generator.writeEndArray();
        return this;
    }

    /** Writes an array of texts. */
    public JsonText texts(String name, Collection<String> values) throws IOException {
        generator.writeArrayFieldStart(name);
        for (String value : values) {
            value(value);
        }
        generator.writeEndArray();
        return this;
    }

    /** Writes an array of integers. */
    public JsonText integers(String name, long[] values, int count) throws IOException {
        generator.writeFieldName(name);
        generator.writeArray(values, 0, count);
        return this;
    }

    /** Writes an array of numbers; null in place of each that is not finite. */
    public JsonText numbers(String name, double[] values) throws IOException {
        generator.writeArrayFieldStart(name);
        for (double value : values) {
            value(value);
        }
        generator.writeEndArray();
        return this;
    }

    /** Writes an array of numbers of single precision; null in place of each that is not finite. */
    public JsonText singles(String name, float[] values) throws IOException {
        generator.writeArrayFieldStart(name);
        for (float value : values) {
            value(value);
        }
        generator.writeEndArray();
        return this;
    }

    private void value(@Nullable String text) throws IOException {
        if (text == null) {
            generator.writeNull();
        } else {
            generator.writeString(wellFormed(text));
        }
    }

    private void value(double value) throws IOException {
        if (Double.isFinite(value)) {
            generator.writeNumber(value);
        } else {
            generator.writeNull();
        }
    }

    private void value(float value) throws IOException {
        if (Float.isFinite(value)) {
            generator.writeNumber(value);
        } else {
            generator.writeNull();
        }
    }

    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints()
                        .map(point ->
                                point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return text;
    }
}
