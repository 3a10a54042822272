package dev.noether.console.follow;

import dev.noether.console.store.ConsoleStore;
import dev.noether.console.store.StoreConnection;
import dev.noether.console.store.TopicRole;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Writes the records of one topic into the store, with the offsets after them. Not thread safe. */
abstract class RecordSink {
    /** With more changes at once, all is asked for again in place of each. */
    static final int MOST_NEWS = 200;

    private final ConsoleStore store;
    private final TopicRole role;

    RecordSink(ConsoleStore store, TopicRole role) {
        this.store = store;
        this.role = role;
    }

    /**
     * Stores records in one transaction.
     *
     * @param records the records, in the order of each partition
     * @param positions next offset of each partition
     */
    final void add(List<ConsumerRecord<byte[], byte[]>> records, Map<Integer, Long> positions) {
        Map<Integer, Long> counts = new HashMap<>();
        records.forEach(record -> counts.merge(record.partition(), 1L, Long::sum));
        store.write(connection -> {
            write(connection, records);
            for (Map.Entry<Integer, Long> position : positions.entrySet()) {
                long count = counts.getOrDefault(position.getKey(), 0L);
                ConsoleStore.advance(connection, role, position.getKey(), position.getValue(), count);
            }
            return true;
        });
        written();
    }

    /** Stores records as part of a change. A record that cannot be read is skipped and logged. */
    abstract void write(StoreConnection connection, List<ConsumerRecord<byte[], byte[]>> records) throws SQLException;

    /** Tells what is new; called after the transaction. */
    void written() {}
}
