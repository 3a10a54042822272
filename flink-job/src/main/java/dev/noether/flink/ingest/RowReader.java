package dev.noether.flink.ingest;

import dev.noether.flink.wire.ObservationRow;
import dev.noether.schemas.MalformedRecordException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the records of one source: Noether's own, or those that a detector file maps. Not thread safe. */
interface RowReader {
    /**
     * Returns the row of a record.
     *
     * @throws MalformedRecordException with the first error: of the length, the encoding, the entity, the event time or
     *     the features
     */
    ObservationRow row(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException;

    /**
     * Returns whose observation of which time a record is, also if its time or its values are not allowed.
     *
     * @throws MalformedRecordException if the record does not say it
     */
    ObservationIdentity identity(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException;

    /**
     * Reports the values of a record, also if it is rejected.
     *
     * @throws MalformedRecordException if the bytes are no record
     */
    void report(ConsumerRecord<byte[], byte[]> record, ValueReceiver receiver) throws MalformedRecordException;

    /** Why records wait now, in one line; empty if none does. For any thread. */
    String problem();
}
