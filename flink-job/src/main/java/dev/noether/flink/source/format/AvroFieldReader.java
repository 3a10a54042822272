package dev.noether.flink.source.format;

import dev.noether.flink.source.field.FieldReader;
import dev.noether.flink.source.field.FieldValues;
import dev.noether.flink.source.field.PathTree;
import dev.noether.flink.source.field.RowReceiver;
import dev.noether.flink.source.field.TextCache;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RejectionReason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of one Avro schema: their binary encoding alone, or behind the header of the single-object encoding,
 * {@code C3 01} and the fingerprint of the schema. Not thread safe.
 */
public final class AvroFieldReader implements FieldReader {
    private static final int HEADER_BYTES = 10;
    private static final short MARKER = (short) 0xC301;

    private final AvroStep record;
    private final @Nullable AvroRows rows;
    private final long fingerprint;
    private final AvroInput in = new AvroInput();

    /**
     * Makes a reader.
     *
     * @param schema schema that the records were written with
     * @param paths {@code [slots]}, path of each field
     */
    public AvroFieldReader(Schema schema, List<String> paths) {
        this(schema, paths, "");
    }

    /**
     * Makes a reader of records with several rows.
     *
     * @param schema schema that the records were written with
     * @param paths {@code [slots]}, path of each field
     * @param rows path of the list whose items are rows; empty for none
     */
    public AvroFieldReader(Schema schema, List<String> paths, String rows) {
        this(schema, PathTree.of(paths), rows, new TextCache());
    }

    AvroFieldReader(Schema schema, PathTree paths, String rows, TextCache texts) {
        record = new AvroCompiler(texts).compile(schema, paths);
        this.rows = rows.isEmpty() ? null : new AvroRows(schema, rows, paths, texts);
        fingerprint = SchemaNormalization.parsingFingerprint64(schema);
    }

    @Override
    public void read(byte[] bytes, FieldValues values) throws MalformedRecordException {
        withoutHeader(bytes, from -> readBody(bytes, from, values));
    }

    @Override
    public void readRows(byte[] bytes, FieldValues values, RowReceiver receiver) throws MalformedRecordException {
        withoutHeader(bytes, from -> readRows(bytes, from, values, receiver));
    }

    /** Reads a record from a position. */
    private interface Body {
        void read(int from) throws MalformedRecordException;
    }

    private void withoutHeader(byte[] bytes, Body body) throws MalformedRecordException {
        boolean hasMarker =
                bytes.length >= HEADER_BYTES && ByteBuffer.wrap(bytes).getShort(0) == MARKER;
        long writer = hasMarker
                ? ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(Short.BYTES)
                : fingerprint;
        if (hasMarker && writer == fingerprint) {
            body.read(HEADER_BYTES);
            return;
        }
        try {
            body.read(0);
        } catch (MalformedRecordException e) {
            // C3 01 may also be the first value of a record without a header.
            if (hasMarker) {
                throw new MalformedRecordException(
                        RejectionReason.UNKNOWN_SCHEMA,
                        String.format(
                                "the record names the schema %016x, the schema of `source.schema` is %016x",
                                writer, fingerprint));
            }
            throw e;
        }
    }

    /** Reads the rows of a record that begins at a position and ends with the bytes. */
    void readRows(byte[] bytes, int from, FieldValues values, RowReceiver receiver) throws MalformedRecordException {
        if (rows == null) {
            readBody(bytes, from, values);
            receiver.row();
        } else {
            readBody(bytes, from, rows.outer(values));
            in.reset(bytes, from);
            rows.read(in, values, receiver);
        }
    }

    /** Reads a record that begins at a position and ends with the bytes. */
    void readBody(byte[] bytes, int from, FieldValues values) throws MalformedRecordException {
        in.reset(bytes, from);
        record.run(in, values);
        if (!in.isAtEnd()) {
            throw new MalformedRecordException(
                    RejectionReason.MALFORMED,
                    "the bytes do not fit the schema: " + (bytes.length - in.position())
                            + " bytes are left over after the record");
        }
    }
}
