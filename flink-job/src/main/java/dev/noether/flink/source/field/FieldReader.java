package dev.noether.flink.source.field;

import dev.noether.schemas.MalformedRecordException;

/**
 * Reads the wanted fields of a record of one format. Whatever the bytes are, it ends soon with values or with a
 * {@link MalformedRecordException}. Made once for some paths; not thread safe.
 */
public interface FieldReader {
    /**
     * Reads a record.
     *
     * @param bytes value of the record; not empty
     * @param values receiver of the values, cleared before
     * @throws MalformedRecordException if the bytes are no record of the format
     */
    void read(byte[] bytes, FieldValues values) throws MalformedRecordException;

    /**
     * Reads each row of a record. By default a record is one row.
     *
     * @param bytes value of the record; not empty
     * @param values receiver of the values of one row after the other, cleared before
     * @param rows told of each row
     * @throws MalformedRecordException if the bytes are no record of the format, perhaps after some rows
     */
    default void readRows(byte[] bytes, FieldValues values, RowReceiver rows) throws MalformedRecordException {
        read(bytes, values);
        rows.row();
    }

    /**
     * Lists the numbers of a record with their paths, wanted or not, so that a person sees what could be read. A format
     * whose schema says this lists none.
     *
     * @param bytes value of the record; not empty
     * @throws MalformedRecordException if the bytes are no record of the format
     */
    default void list(byte[] bytes, NumberReceiver receiver) throws MalformedRecordException {}
}
