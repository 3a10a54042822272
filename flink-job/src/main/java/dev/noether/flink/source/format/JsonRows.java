package dev.noether.flink.source.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.noether.flink.source.field.FieldValues;
import dev.noether.flink.source.field.PathTree;
import dev.noether.flink.source.field.RowReceiver;
import dev.noether.schemas.MalformedRecordException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a JSON record: one object, several in succession, a list of objects, or the objects of a list in an
 * object. A field that an object of such an inner list lacks is that of the outer one, wherever it stands: the outer
 * object is read first and the list skipped, then the list is read. Not thread safe.
 */
final class JsonRows {
    private final PathTree path;
    private final String name;

    private @Nullable FieldValues outer;
    private int listFrom;
    private int listEnd;

    /**
     * Finds rows.
     *
     * @param path path of the list whose elements are rows; empty for none
     */
    JsonRows(String path) {
        this.path = PathTree.of(List.of(path));
        this.name = path;
    }

    /** Reads each row of a record. */
    void read(JsonFieldReader reader, byte[] bytes, FieldValues values, RowReceiver receiver)
            throws MalformedRecordException {
        JsonFieldReader.parse(bytes, 0, bytes.length, parser -> {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw JsonFieldReader.malformed("the record is empty, expected JSON objects");
            }
            for (JsonToken token = first; token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_ARRAY) {
                    readList(reader, parser, bytes, values, receiver);
                } else {
                    readOne(reader, parser, bytes, values, receiver);
                }
            }
        });
    }

    private void readList(
            JsonFieldReader reader, JsonParser parser, byte[] bytes, FieldValues values, RowReceiver receiver)
            throws IOException, MalformedRecordException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            readOne(reader, parser, bytes, values, receiver);
        }
    }

    private void readOne(
            JsonFieldReader reader, JsonParser parser, byte[] bytes, FieldValues values, RowReceiver receiver)
            throws IOException, MalformedRecordException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw JsonFieldReader.malformed("where a row is expected, there is "
                    + JsonFieldReader.what(parser.currentToken()) + ", expected a JSON object");
        }
        if (name.isEmpty()) {
            values.clear();
            reader.readRow(parser, values);
            receiver.row();
            return;
        }
        int from = (int) parser.currentTokenLocation().getByteOffset();
        listFrom = -1;
        findList(parser, path);
        if (listFrom < 0) {
            throw JsonFieldReader.malformed("the record has no list `" + name + "` (`source.rows`)");
        }
        int length = (int) parser.currentLocation().getByteOffset() - from;
        int list = listFrom;
        int listLength = listEnd - listFrom;
        FieldValues common = outer == null ? values.sibling() : outer;
        outer = common;
        common.clear();
        JsonFieldReader.parse(bytes, from, length, again -> {
            again.nextToken();
            reader.readRow(again, common);
        });
        JsonFieldReader.parse(bytes, list, listLength, again -> {
            again.nextToken();
            readRows(reader, again, common, values, receiver);
        });
    }

    private void readRows(
            JsonFieldReader reader, JsonParser parser, FieldValues common, FieldValues values, RowReceiver receiver)
            throws IOException, MalformedRecordException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw JsonFieldReader.malformed("in the list `" + name + "` there is "
                        + JsonFieldReader.what(parser.currentToken()) + ", expected JSON objects (`source.rows`)");
            }
            values.copyFrom(common);
            reader.readRow(parser, values);
            receiver.row();
        }
    }

    /** Notes where the list is in an object or list, and reads up to its end. */
    private void findList(JsonParser parser, PathTree node) throws IOException {
        boolean isObject = parser.currentToken() == JsonToken.START_OBJECT;
        JsonToken end = isObject ? JsonToken.END_OBJECT : JsonToken.END_ARRAY;
        for (int i = 0; parser.nextToken() != end; i++) {
            PathTree child = node.child(isObject ? parser.currentName() : Integer.toString(i));
            if (isObject) {
                parser.nextToken();
            }
            if (child == null || !parser.currentToken().isStructStart()) {
                parser.skipChildren();
            } else if (child.slots().length > 0 && parser.currentToken() == JsonToken.START_ARRAY) {
                listFrom = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                listEnd = (int) parser.currentLocation().getByteOffset();
            } else {
                findList(parser, child);
            }
        }
    }
}
