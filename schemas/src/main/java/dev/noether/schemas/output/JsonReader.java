package dev.noether.schemas.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object property by property: {@link #next} returns a name, and exactly one of the other methods, or
 * {@link #skip}, then reads its value. Not thread safe.
 */
final class JsonReader implements AutoCloseable {
    /** An integer that was not there. */
    static final long ABSENT = Long.MIN_VALUE;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final JsonParser parser;

    /** Reads one item of an array. */
    @FunctionalInterface
    interface ItemReader<T> {
        T read(JsonReader in) throws IOException;
    }

    JsonReader(byte[] bytes) throws IOException {
        parser = FACTORY.createParser(bytes);
        expect(parser.nextToken(), JsonToken.START_OBJECT);
    }

    /** Returns the name of the next property of the present object; null at its end. */
    @Nullable
    String next() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.END_OBJECT) {
            return null;
        }
        expect(token, JsonToken.FIELD_NAME);
        return parser.currentName();
    }

    void skip() throws IOException {
        parser.nextToken();
        parser.skipChildren();
    }

    @Nullable
    String text() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        expect(token, JsonToken.VALUE_STRING);
        return parser.getText();
    }

    List<String> texts() throws IOException {
        expect(parser.nextToken(), JsonToken.START_ARRAY);
        List<String> texts = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            expect(token, JsonToken.VALUE_STRING);
            texts.add(parser.getText());
        }
        return List.copyOf(texts);
    }

    /** Reads an array of objects. */
    <T> List<T> items(ItemReader<T> reader) throws IOException {
        expect(parser.nextToken(), JsonToken.START_ARRAY);
        JsonToken token = parser.nextToken();
        if (token == JsonToken.END_ARRAY) {
            return List.of();
        }
        List<T> items = new ArrayList<>();
        for (; token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            expect(token, JsonToken.START_OBJECT);
            items.add(reader.read(this));
        }
        return List.copyOf(items);
    }

    /** Reads an object that may be null. */
    <T> @Nullable T object(ItemReader<T> reader) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        expect(token, JsonToken.START_OBJECT);
        return reader.read(this);
    }

    /** Reads one of the constants by its name; null if the value is null, {@code otherwise} if the name is unknown. */
    <E extends Enum<E>> @Nullable E constant(E[] constants, @Nullable E otherwise) throws IOException {
        String name = text();
        if (name == null) {
            return null;
        }
        for (E constant : constants) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        if (otherwise == null) {
            throw new IllegalArgumentException("`" + name + "` is not one of " + List.of(constants));
        }
        return otherwise;
    }

    /** Reads a time; returns milliseconds since 1970 UTC, {@link #ABSENT} if it is null. */
    long time() throws IOException {
        String text = text();
        return text == null ? ABSENT : TimeText.parse(text);
    }

    /** Reads an integer; {@code nothing} if it is null. */
    long integer(long nothing) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return nothing;
        }
        expect(token, JsonToken.VALUE_NUMBER_INT);
        return parser.getLongValue();
    }

    /** Reads an integer; {@link #ABSENT} if it is null. */
    long integer() throws IOException {
        return integer(ABSENT);
    }

    /** Reads an integer of 32 bits. */
    int small(String name) throws IOException {
        return small(name, integer());
    }

    /** Reads a number; NaN if it is null. */
    double number() throws IOException {
        JsonToken token = parser.nextToken();
        return token == JsonToken.VALUE_NULL ? Double.NaN : Double.parseDouble(digits(token));
    }

    /** Reads a single-precision number; NaN if it is null. It is not read as a double first: that would round twice. */
    float single() throws IOException {
        JsonToken token = parser.nextToken();
        return token == JsonToken.VALUE_NULL ? Float.NaN : Float.parseFloat(digits(token));
    }

    private String digits(JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_NUMBER_INT) {
            expect(token, JsonToken.VALUE_NUMBER_FLOAT);
        }
        return parser.getText();
    }

    /** Reads base64; null if the value is null. */
    byte @Nullable [] binary() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        expect(token, JsonToken.VALUE_STRING);
        return parser.getBinaryValue();
    }

    /** Checks that nothing follows the object. */
    void checkEnd() throws IOException {
        if (parser.nextToken() != null) {
            throw new IllegalArgumentException("something follows the object");
        }
    }

    /** Returns an integer of 32 bits that must be there. */
    static int small(String name, long value) {
        return Math.toIntExact(present(name, value));
    }

    /** Returns an integer that must be there. */
    static long present(String name, long value) {
        if (value == ABSENT) {
            throw absent(name);
        }
        return value;
    }

    /** Returns a value that must be there. */
    static <T> T present(String name, @Nullable T value) {
        if (value == null) {
            throw absent(name);
        }
        return value;
    }

    private static IllegalArgumentException absent(String name) {
        return new IllegalArgumentException("the property `" + name + "` is missing");
    }

    private static void expect(@Nullable JsonToken token, JsonToken expected) {
        if (token != expected) {
            throw new IllegalArgumentException("expected " + expected + " (got " + token + ")");
        }
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
