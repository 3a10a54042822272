package dev.noether.cli.infer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The sample as a table: a row for each record, a column for each field. Not thread safe. */
final class SampleTable {
    private final List<FlatRecord> rows = new ArrayList<>();
    private final List<Long> kafkaTimes = new ArrayList<>();
    private final List<@Nullable String> keys = new ArrayList<>();
    private final Map<String, Column> columns = new TreeMap<>();

    /** Adds a record. */
    void add(FlatRecord flat, ConsumerRecord<byte[], byte[]> record) {
        rows.add(flat);
        kafkaTimes.add(record.timestamp());
        byte[] key = record.key();
        keys.add(key == null || key.length == 0 ? null : new String(key, StandardCharsets.UTF_8));
        flat.fields()
                .forEach((path, value) ->
                        columns.computeIfAbsent(path, Column::new).add(value));
    }

    /** Number of rows. */
    int size() {
        return rows.size();
    }

    /** The row at an index. */
    FlatRecord row(int index) {
        return rows.get(index);
    }

    /** The timestamp of a row's record in Kafka. */
    long kafkaTime(int index) {
        return kafkaTimes.get(index);
    }

    /** The key of a row's record; null if it has none. */
    @Nullable
    String key(int index) {
        return keys.get(index);
    }

    /** The columns by path. */
    Map<String, Column> columns() {
        return columns;
    }

    /** Whether nearly every record has a field. */
    boolean isEverywhere(Column column) {
        return column.count() >= 0.95 * rows.size();
    }
}
