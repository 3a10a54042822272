package dev.noether.model.artifact;

import dev.noether.model.artifact.ArtifactException.Fault;
import org.apache.avro.Schema;

/**
 * Walks over the bytes of a record before Avro reads them, and checks every length in them. Avro's reader allocates an
 * array of any length that the bytes name. After this check the memory and the time for reading are proportional to the
 * size of the file.
 */
final class ArtifactScan {
    private final BoundedBytes in;

    private ArtifactScan(BoundedBytes in) {
        this.in = in;
    }

    /**
     * Checks that the bytes are exactly one record.
     *
     * @param schema one of {@link ArtifactSchemas}, which are not recursive
     * @throws ArtifactException if a length exceeds the bytes that are left, or bytes are left after the record
     */
    static void requireRecord(Schema schema, BoundedBytes in) throws ArtifactException {
        new ArtifactScan(in).value(schema, schema.getName());
        if (in.remaining() > 0) {
            throw damaged(in.remaining() + " bytes follow the model");
        }
    }

    private void value(Schema schema, String name) throws ArtifactException {
        switch (schema.getType()) {
            case NULL -> {}
            case BOOLEAN -> in.skip(1, name);
            case INT, LONG -> in.readLong(name);
            case FLOAT -> in.skip(Float.BYTES, name);
            case DOUBLE -> in.skip(Double.BYTES, name);
            case STRING, BYTES -> in.skip(in.readCount(name), name);
            case FIXED -> in.skip(schema.getFixedSize(), name);
            case ENUM -> choice(schema.getEnumSymbols().size(), name);
            case UNION -> value(schema.getTypes().get(choice(schema.getTypes().size(), name)), name);
            case ARRAY -> items(schema, name);
            case RECORD -> {
                for (Schema.Field field : schema.getFields()) {
                    value(field.schema(), field.name());
                }
            }
            case MAP -> throw damaged("`" + name + "` is a map, which no format has");
        }
    }

    private void items(Schema array, String name) throws ArtifactException {
        for (long items = in.readLong(name); items != 0; items = in.readLong(name)) {
            if (items < 0) {
                // A negative number of items is followed by their size in bytes.
                in.readCount(name);
                items = -items;
            }
            int count = in.count(items, name);
            for (int i = 0; i < count; i++) {
                value(array.getElementType(), name);
            }
        }
    }

    private int choice(int choices, String name) throws ArtifactException {
        long index = in.readLong(name);
        if (index < 0 || index >= choices) {
            throw damaged("`" + name + "` is choice " + index + " of " + choices);
        }
        return (int) index;
    }

    private static ArtifactException damaged(String problem) {
        return new ArtifactException(
                Fault.UNREADABLE, "the file is not a model artifact, or it is damaged: " + problem);
    }
}
