package dev.noether.flink.source.format;

import dev.noether.flink.source.field.FieldReader;
import dev.noether.flink.source.field.FieldValues;
import dev.noether.flink.source.field.PathTree;
import dev.noether.flink.source.field.RowReceiver;
import dev.noether.flink.source.field.TextCache;
import dev.noether.flink.source.registry.RegistrySchemas;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RejectionReason;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Avro records behind the header of Confluent's serializers: a byte 0 and the number of the schema in a registry,
 * four bytes, the most significant first. Each schema is compiled once. Not thread safe.
 */
public final class ConfluentAvroReader implements FieldReader {
    private static final int HEADER_BYTES = 5;

    private final RegistrySchemas schemas;
    private final PathTree paths;
    private final String rows;
    private final TextCache texts = new TextCache();
    private final Map<Integer, AvroFieldReader> readers = new HashMap<>();

    /**
     * Makes a reader.
     *
     * @param schemas schemas of the registry
     * @param paths {@code [slots]}, path of each field
     * @param rows path of the list whose items are rows; empty for none
     */
    public ConfluentAvroReader(RegistrySchemas schemas, List<String> paths, String rows) {
        this.schemas = schemas;
        this.paths = PathTree.of(paths);
        this.rows = rows;
    }

    @Override
    public void read(byte[] bytes, FieldValues values) throws MalformedRecordException {
        reader(bytes).readBody(bytes, HEADER_BYTES, values);
    }

    @Override
    public void readRows(byte[] bytes, FieldValues values, RowReceiver receiver) throws MalformedRecordException {
        reader(bytes).readRows(bytes, HEADER_BYTES, values, receiver);
    }

    private AvroFieldReader reader(byte[] bytes) throws MalformedRecordException {
        if (bytes[0] != 0) {
            throw new MalformedRecordException(
                    RejectionReason.NOT_AVRO,
                    String.format(
                            "the first byte is %02X, expected 00, which precedes the number of a schema", bytes[0]));
        }
        if (bytes.length < HEADER_BYTES) {
            throw new MalformedRecordException(
                    RejectionReason.MALFORMED,
                    "the record has only " + bytes.length + " bytes, the header alone has " + HEADER_BYTES);
        }
        return reader(ByteBuffer.wrap(bytes).getInt(1));
    }

    private AvroFieldReader reader(int id) throws MalformedRecordException {
        AvroFieldReader reader = readers.get(id);
        if (reader == null) {
            reader = new AvroFieldReader(schemas.get(id), paths, rows, texts);
            readers.put(id, reader);
        }
        return reader;
    }
}
