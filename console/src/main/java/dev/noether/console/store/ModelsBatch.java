package dev.noether.console.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of the topic of models, as they are. Stateless; thread safe. */
public final class ModelsBatch {
    private static final int MOST_RECORDS = 20_000;

    private ModelsBatch() {}

    /** A record of the topic. */
    public record Entry(byte @Nullable [] key, byte[] value) {}

    /** Adds a record, as part of a change. */
    public static void add(
            StoreConnection connection, int partition, long offset, byte @Nullable [] key, byte[] value, long time)
            throws SQLException {
        connection.update(
                "INSERT OR REPLACE INTO models (partition, position, key, value) VALUES (?, ?, ?, ?)",
                partition,
                offset,
                key,
                value);
        connection.update("DELETE FROM models WHERE partition = ? AND position < ?", partition, offset - MOST_RECORDS);
        StoreTimes.newest(connection, TopicRole.MODELS, time);
    }

    /** Returns the records in the order of the topic. */
    public static List<Entry> read(StoreConnection connection) throws SQLException {
        return new ArrayList<>(connection.list(
                "SELECT key, value FROM models ORDER BY partition, position",
                row -> new Entry(row.getBytes(1), row.getBytes(2))));
    }

    /** Returns a number that changes with the records. */
    public static long revision(StoreConnection connection) throws SQLException {
        return connection.number("SELECT sum(next) FROM position WHERE role = ?", TopicRole.MODELS.ordinal());
    }
}
