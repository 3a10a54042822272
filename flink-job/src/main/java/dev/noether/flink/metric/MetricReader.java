package dev.noether.flink.metric;

import dev.noether.schemas.MalformedRecordException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the records of an import. Whatever the bytes are, it throws nothing but what it declares. Not thread safe. */
public interface MetricReader {
    /**
     * Reads a record. It gives all values or, with an exception, none.
     *
     * @return number of values given; 0 if the record has none of the detector's metrics
     * @throws MalformedRecordException if the record is none of the format, or all its values lack an entity or have an
     *     impossible time
     * @throws dev.noether.flink.source.registry.SourceUnavailableException if the schema registry has not answered in time
     */
    int read(ConsumerRecord<byte[], byte[]> record, MetricReceiver receiver) throws MalformedRecordException;

    /** Why records wait for the schema registry now, in one line; empty if none does. For any thread. */
    String problem();
}
