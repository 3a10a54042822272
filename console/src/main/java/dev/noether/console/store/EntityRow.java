package dev.noether.console.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The row of an entity, as one batch of scores changes it. Not thread safe. */
final class EntityRow {
    /** A time that there is not. */
    static final long NONE = Long.MIN_VALUE;

    final long id;
    private long first;
    private long last;
    private long rows;
    private long anomalous;
    private long kept;
    private long near;

    private EntityRow(long id, long first, long last, long rows, long anomalous, long kept, long near) {
        this.id = id;
        this.first = first;
        this.last = last;
        this.rows = rows;
        this.anomalous = anomalous;
        this.kept = kept;
        this.near = near;
    }

    /** Reads the row of an entity; makes it if it is missing. */
    static EntityRow of(StoreConnection connection, String name) throws SQLException {
        EntityRow known = connection.first(
                "SELECT id, first, last, rows, anomalous, kept, near FROM entity WHERE name = ?",
                row -> new EntityRow(
                        row.getLong(1),
                        time(row.getObject(2)),
                        time(row.getObject(3)),
                        row.getLong(4),
                        row.getLong(5),
                        time(row.getObject(6)),
                        time(row.getObject(7))),
                name);
        return known == null ? new EntityRow(add(connection, name), NONE, NONE, 0, 0, NONE, NONE) : known;
    }

    /** Returns the id of an entity; adds the entity if it is missing. */
    static long id(StoreConnection connection, String name) throws SQLException {
        Long known = connection.first("SELECT id FROM entity WHERE name = ?", row -> row.getLong(1), name);
        return known == null ? add(connection, name) : known;
    }

    private static long add(StoreConnection connection, String name) throws SQLException {
        connection.update("INSERT INTO entity (name) VALUES (?)", name);
        return connection.number("SELECT last_insert_rowid()");
    }

    /** Counts a row, which has a score or not. */
    void count(long time, boolean isScored, boolean isAnomalous) {
        first = first == NONE ? time : Math.min(first, time);
        last = Math.max(last, time);
        rows += isScored ? 1 : 0;
        anomalous += isAnomalous ? 1 : 0;
    }

    /** Keeps the rows near an anomalous one densely. */
    void nearUntil(long time) {
        near = Math.max(near, time);
    }

    /**
     * Whether a row that is not anomalous is kept: the first one of each interval.
     *
     * @param time event time
     * @param interval length of an interval, milliseconds
     * @param nearInterval length near an anomalous row
     */
    boolean keeps(long time, long interval, long nearInterval) {
        long length = time <= near ? nearInterval : interval;
        if (kept != NONE && Math.floorDiv(time, length) <= Math.floorDiv(kept, length)) {
            return false;
        }
        kept = time;
        return true;
    }

    void write(StoreConnection connection) throws SQLException {
        connection.update(
                "UPDATE entity SET first = ?, last = ?, rows = ?, anomalous = ?, kept = ?, near = ? WHERE id = ?",
                value(first),
                value(last),
                rows,
                anomalous,
                value(kept),
                value(near),
                id);
    }

    private static long time(@Nullable Object value) {
        return value == null ? NONE : ((Number) value).longValue();
    }

    private static @Nullable Long value(long time) {
        return time == NONE ? null : time;
    }
}
