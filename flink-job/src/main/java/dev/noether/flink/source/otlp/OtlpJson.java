package dev.noether.flink.source.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.noether.flink.source.field.NumberText;
import dev.noether.schemas.MalformedRecordException;
import java.io.IOException;
import java.util.Map;

/**
 * Turns metrics of OpenTelemetry in JSON into protocol buffers, so that one reader reads both. Fields that this reader
 * does not need are left out. A record is one object, several in succession, or a list of them. Not thread safe.
 */
public final class OtlpJson {
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();

    private final ProtoOutput out = new ProtoOutput();

    /**
     * Writes a record anew. {@link #bytes()} and {@link #length()} give the result.
     *
     * @throws MalformedRecordException if the bytes are no JSON, or a field has a value of another type
     */
    public void toProto(byte[] record) throws MalformedRecordException {
        out.clear();
        try (JsonParser parser = JSON.createParser(record)) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw ProtoInput.damaged("it is empty");
            }
            for (; token != null; token = parser.nextToken()) {
                writeRecords(parser);
            }
        } catch (JsonProcessingException e) {
            throw ProtoInput.damaged(
                    "it is no JSON: " + String.valueOf(e.getOriginalMessage()).replaceAll("\\s+", " "));
        } catch (IOException e) {
            throw ProtoInput.damaged("it is no JSON: " + e.getMessage());
        }
    }

    /** Returns the array with the result. Not a copy: it is used again. */
    public byte[] bytes() {
        return out.bytes();
    }

    /** Returns the number of bytes of the result. */
    public int length() {
        return out.size();
    }

    private void writeRecords(JsonParser parser) throws IOException, MalformedRecordException {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                writeRecord(parser);
            }
        } else {
            writeRecord(parser);
        }
    }

    private void writeRecord(JsonParser parser) throws IOException, MalformedRecordException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw ProtoInput.damaged("it has something else than JSON objects");
        }
        writeFields(parser, OtlpJsonField.RECORD);
    }

    private void writeFields(JsonParser parser, Map<String, OtlpJsonField> fields)
            throws IOException, MalformedRecordException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            OtlpJsonField field = fields.get(name);
            if (field == null) {
                parser.skipChildren();
            } else if (token == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    write(parser, name, field);
                }
            } else if (token != JsonToken.VALUE_NULL) {
                write(parser, name, field);
            }
        }
    }

    private void write(JsonParser parser, String name, OtlpJsonField field)
            throws IOException, MalformedRecordException {
        JsonToken token = parser.currentToken();
        if ((token == JsonToken.START_OBJECT) != (field.kind() == OtlpJsonField.Kind.MESSAGE) || !isValue(token)) {
            throw wrong(parser, name);
        }
        out.writeVarint(field.tag());
        switch (field.kind()) {
            case MESSAGE -> {
                int start = out.enter();
                writeFields(parser, field.fields());
                out.leave(start);
            }
            case TEXT -> out.writeText(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
            case FLAG -> out.writeVarint(token == JsonToken.VALUE_TRUE ? 1 : 0);
            case INTEGER -> out.writeVarint(integer(parser, name));
            case FIXED_INTEGER -> out.writeFixed64(integer(parser, name));
            case DECIMAL -> out.writeFixed64(Double.doubleToRawLongBits(decimal(parser, name)));
            case TEMPORALITY -> out.writeVarint(temporality(parser, name));
        }
    }

    private static boolean isValue(JsonToken token) {
        return token == JsonToken.START_OBJECT || token.isScalarValue() && token != JsonToken.VALUE_NULL;
    }

    private static long integer(JsonParser parser, String name) throws IOException, MalformedRecordException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? parser.getBigIntegerValue().longValue()
                        : parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> ofNumber(parser, name, parser.getDoubleValue());
            case VALUE_STRING -> ofText(parser, name, parser.getText());
            default -> throw wrong(parser, name);
        };
    }

    private static long ofText(JsonParser parser, String name, String text)
            throws IOException, MalformedRecordException {
        long integer = NumberText.parseInteger(text, Long.MIN_VALUE);
        if (integer != Long.MIN_VALUE) {
            return integer;
        }
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            return ofNumber(parser, name, NumberText.parse(text));
        }
    }

    /** Some writers give integers an exponent. */
    private static long ofNumber(JsonParser parser, String name, double number)
            throws IOException, MalformedRecordException {
        if (!(Math.abs(number) <= Long.MAX_VALUE) || number != Math.rint(number)) {
            throw wrong(parser, name);
        }
        return (long) number;
    }

    private static double decimal(JsonParser parser, String name) throws IOException, MalformedRecordException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            // NaN and Infinity are texts too; none of them is a number that can be used.
            case VALUE_STRING -> NumberText.parse(parser.getText());
            default -> throw wrong(parser, name);
        };
    }

    private static long temporality(JsonParser parser, String name) throws IOException, MalformedRecordException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            return integer(parser, name);
        }
        return switch (parser.getText()) {
            case "AGGREGATION_TEMPORALITY_DELTA" -> 1;
            case "AGGREGATION_TEMPORALITY_CUMULATIVE" -> 2;
            case "AGGREGATION_TEMPORALITY_UNSPECIFIED" -> 0;
            default -> ofText(parser, name, parser.getText());
        };
    }

    private static MalformedRecordException wrong(JsonParser parser, String name) throws IOException {
        String text = parser.currentToken().isScalarValue() ? parser.getText() : "a list or an object";
        return ProtoInput.damaged("the field `" + name + "` is "
                + (text.length() > 40 ? text.substring(0, 40) + "…" : text).replaceAll("\\s+", " ")
                + ", which is of another type");
    }
}
