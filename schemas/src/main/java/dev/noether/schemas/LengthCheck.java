package dev.noether.schemas;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;

/**
 * Checks the lengths that one record of any schema announces, without building the record. Rejects a length that
 * exceeds the number of bytes.
 *
 * @param in the decoder, positioned at the record
 * @param limit number of bytes
 */
record LengthCheck(BinaryDecoder in, int limit) {
    void check(Schema schema) throws IOException, MalformedRecordException {
        switch (schema.getType()) {
            case RECORD -> {
                for (Schema.Field field : schema.getFields()) {
                    check(field.schema());
                }
            }
            case UNION ->
                check(schema.getTypes()
                        .get(RecordFields.readBranch(in, schema.getTypes().size())));
            case ARRAY -> {
                for (long items = in.readArrayStart(); items != 0; items = in.arrayNext()) {
                    checkItems(items, schema.getElementType(), false);
                }
            }
            case MAP -> {
                for (long items = in.readMapStart(); items != 0; items = in.mapNext()) {
                    checkItems(items, schema.getValueType(), true);
                }
            }
            case STRING, BYTES -> in.skipFixed(RecordFields.checkedCount(in.readLong(), limit));
            case FIXED -> in.skipFixed(schema.getFixedSize());
            case ENUM -> in.readEnum();
            case INT -> in.readInt();
            case LONG -> in.readLong();
            case FLOAT -> in.readFloat();
            case DOUBLE -> in.readDouble();
            case BOOLEAN -> in.readBoolean();
            case NULL -> in.readNull();
        }
    }

    private void checkItems(long items, Schema item, boolean keyed) throws IOException, MalformedRecordException {
        int count = RecordFields.checkedCount(items, limit);
        for (int i = 0; i < count; i++) {
            if (keyed) {
                in.skipFixed(RecordFields.checkedCount(in.readLong(), limit));
            }
            check(item);
        }
    }
}
