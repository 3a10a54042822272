package dev.noether.flink.source.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.noether.flink.source.field.FieldReader;
import dev.noether.flink.source.field.FieldValues;
import dev.noether.flink.source.field.NumberReceiver;
import dev.noether.flink.source.field.NumberText;
import dev.noether.flink.source.field.PathTree;
import dev.noether.flink.source.field.RowReceiver;
import dev.noether.flink.source.field.TextCache;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RejectionReason;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON objects. It follows the paths while it parses, and builds no tree of the record. Of two fields of one name
 * the last counts. {@code NaN} and {@code Infinity}, which some writers put in place of a number, are
 * accepted. Not thread safe.
 */
public final class JsonFieldReader implements FieldReader {
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();

    private static final int LISTED_DEPTH = 10;
    private static final int LISTED_ITEMS = 3;

    private final PathTree paths;
    private final JsonRows rows;
    private final TextCache texts = new TextCache();

    /**
     * Makes a reader.
     *
     * @param paths {@code [slots]}, path of each field
     */
    public JsonFieldReader(List<String> paths) {
        this(paths, "");
    }

    /**
     * Makes a reader of records with several rows.
     *
     * @param paths {@code [slots]}, path of each field
     * @param rows path of the list whose elements are rows; empty for none
     */
    public JsonFieldReader(List<String> paths, String rows) {
        this.paths = PathTree.of(paths);
        this.rows = new JsonRows(rows);
    }

    @Override
    public void read(byte[] bytes, FieldValues values) throws MalformedRecordException {
        parse(bytes, parser -> readObject(parser, paths, values));
    }

    @Override
    public void readRows(byte[] bytes, FieldValues values, RowReceiver receiver) throws MalformedRecordException {
        rows.read(this, bytes, values, receiver);
    }

    @Override
    public void list(byte[] bytes, NumberReceiver receiver) throws MalformedRecordException {
        parse(bytes, parser -> listObject(parser, "", 0, receiver));
    }

    /** Reads something from a parser. */
    interface Content {
        void read(JsonParser parser) throws IOException, MalformedRecordException;
    }

    /** Creates a parser of a part of some bytes, and turns what it throws into what is wrong with the record. */
    static void parse(byte[] bytes, int from, int length, Content content) throws MalformedRecordException {
        try (JsonParser parser = JSON.createParser(bytes, from, length)) {
            content.read(parser);
        } catch (JsonProcessingException e) {
            throw malformed("the record is no JSON: " + reason(e));
        } catch (IOException e) {
            throw malformed("the record is no JSON: " + e.getMessage());
        }
    }

    private static void parse(byte[] bytes, Content content) throws MalformedRecordException {
        parse(bytes, 0, bytes.length, parser -> {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw malformed("the record is " + what(first) + ", expected one JSON object");
            }
            content.read(parser);
            if (parser.nextToken() != null) {
                throw malformed("after the JSON object there is " + what(parser.currentToken())
                        + ", expected one object in a record");
            }
        });
    }

    /** Reads the fields of an object, whose first token was read. */
    void readRow(JsonParser parser, FieldValues values) throws IOException {
        readObject(parser, paths, values);
    }

    private static void listObject(JsonParser parser, String prefix, int depth, NumberReceiver receiver)
            throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            listValue(parser, prefix + name, depth, receiver);
        }
    }

    private static void listValue(JsonParser parser, String path, int depth, NumberReceiver receiver)
            throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                if (depth < LISTED_DEPTH) {
                    listObject(parser, path + ".", depth + 1, receiver);
                } else {
                    parser.skipChildren();
                }
            }
            case START_ARRAY -> {
                for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                    if (depth < LISTED_DEPTH && i < LISTED_ITEMS) {
                        listValue(parser, path + "." + i, depth + 1, receiver);
                    } else {
                        parser.skipChildren();
                    }
                }
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> receiver.number(path, parser.getDoubleValue());
            case VALUE_TRUE, VALUE_FALSE -> receiver.number(path, parser.getBooleanValue() ? 1 : 0);
            case VALUE_STRING -> {
                double number = NumberText.parse(parser.getText());
                if (!Double.isNaN(number)) {
                    receiver.number(path, number);
                }
            }
            default -> {
                // Null, and what is no number.
            }
        }
    }

    private void readObject(JsonParser parser, PathTree node, FieldValues values) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            readValue(parser, node.child(name), values);
        }
    }

    /** Reads an object whose fields are labels of the series. */
    private void readLabels(JsonParser parser, PathTree node, FieldValues values) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                values.addLabel(
                        name, texts.get(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength()));
            }
            readValue(parser, node.child(name), values);
        }
    }

    private void readList(JsonParser parser, PathTree node, FieldValues values) throws IOException {
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            readValue(parser, node.child(Integer.toString(i)), values);
        }
    }

    private void readValue(JsonParser parser, @Nullable PathTree node, FieldValues values) throws IOException {
        if (node == null) {
            parser.skipChildren();
            return;
        }
        int[] slots = node.slots();
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                values.setOther(slots, "an object");
                readNested(parser, node, values, true);
            }
            case START_ARRAY -> {
                values.setOther(slots, "a list");
                readNested(parser, node, values, false);
            }
            case VALUE_NUMBER_INT -> readInteger(parser, slots, values);
            case VALUE_NUMBER_FLOAT -> values.set(slots, parser.getDoubleValue());
            case VALUE_STRING -> {
                if (slots.length > 0) {
                    values.set(
                            slots,
                            texts.get(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength()));
                }
            }
            case VALUE_TRUE -> values.set(slots, true);
            case VALUE_FALSE -> values.set(slots, false);
            default -> values.setAbsent(slots);
        }
    }

    private void readNested(JsonParser parser, PathTree node, FieldValues values, boolean isObject) throws IOException {
        if (isObject && values.areLabels(node.slots())) {
            readLabels(parser, node, values);
        } else if (!node.isInner()) {
            parser.skipChildren();
        } else if (isObject) {
            readObject(parser, node, values);
        } else {
            readList(parser, node, values);
        }
    }

    private static void readInteger(JsonParser parser, int[] slots, FieldValues values) throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            values.set(slots, parser.getBigIntegerValue().doubleValue());
        } else {
            values.set(slots, parser.getLongValue());
        }
    }

    static String what(@Nullable JsonToken token) {
        if (token == null) {
            return "empty";
        }
        return switch (token) {
            case START_OBJECT -> "another object";
            case START_ARRAY -> "a JSON list";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            default -> "the word " + token.asString();
        };
    }

    /** Without the text of the record, and in one line. */
    private static String reason(JsonProcessingException e) {
        String message = String.valueOf(e.getOriginalMessage()).replaceAll("\\s+", " ");
        return message
                + (e.getLocation() == null ? "" : ", at byte " + e.getLocation().getByteOffset());
    }

    static MalformedRecordException malformed(String problem) {
        return new MalformedRecordException(RejectionReason.MALFORMED, problem);
    }
}
