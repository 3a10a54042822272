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
     * Lists the numbers of a record with their paths, wanted or not, so that a person sees what could be read. A format
     * whose schema says this lists none.
     *
     * @param bytes value of the record; not empty
     * @throws MalformedRecordException if the bytes are no record of the format
     */
    default void list(byte[] bytes, NumberReceiver receiver) throws MalformedRecordException {}
}
