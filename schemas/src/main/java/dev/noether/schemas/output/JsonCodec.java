package dev.noether.schemas.output;

import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RejectionReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads records of one type as JSON. A reader ignores properties that it does not know, so that later
 * versions may add some. Not thread safe: an instance reuses its buffers.
 *
 * @param <T> the type of the records
 */
abstract class JsonCodec<T> {
    private @Nullable JsonWriter writer;

    /** Returns whether bytes are a JSON object, as opposed to Avro's single-object encoding. */
    static boolean isJson(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == '{';
    }

    /** Returns the record as one JSON object without line breaks, in UTF-8. */
    final byte[] encode(T record) {
        JsonWriter current = writer;
        // A writer is reused only after a complete record: after a failure it may hold a part of one.
        writer = null;
        try {
            if (current == null) {
                current = new JsonWriter();
            }
            current.begin();
            write(record, current);
            byte[] bytes = current.end();
            writer = current;
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("a memory buffer does not fail", e);
        }
    }

    /**
     * Reads one record.
     *
     * @throws MalformedRecordException if the bytes are not one JSON object with the properties of the record
     */
    final T decode(byte[] bytes) throws MalformedRecordException {
        try (JsonReader in = new JsonReader(bytes)) {
            T record = read(in);
            in.checkEnd();
            return record;
        } catch (IOException | RuntimeException e) {
            // Jackson's messages have a second line with the position; unchecked ones come from numbers out of range.
            String message = String.valueOf(e.getMessage());
            int line = message.indexOf('\n');
            throw new MalformedRecordException(
                    RejectionReason.MALFORMED,
                    "the JSON record is damaged: " + (line < 0 ? message : message.substring(0, line)));
        }
    }

    /** Writes the properties of the record. */
    abstract void write(T record, JsonWriter out) throws IOException;

    /**
     * Reads the properties of the record.
     *
     * @param in the reader, before the first property
     */
    abstract T read(JsonReader in) throws IOException;
}
