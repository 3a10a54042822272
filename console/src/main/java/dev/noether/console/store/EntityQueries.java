package dev.noether.console.store;

import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Questions about entities and about how many alarms there were. Stateless; thread safe. */
public final class EntityQueries {
    private static final String NAMED = "(?1 IS NULL OR name LIKE ?1 ESCAPE '!')";

    private EntityQueries() {}

    /** The order of a list of entities. */
    public enum Order {
        /** Most alarms first. */
        ALARMS("alarms DESC, last DESC, id"),
        /** The one with the newest row first. */
        RECENT("last DESC, id"),
        /** By name. */
        NAME("name");

        private final String sql;

        Order(String sql) {
            this.sql = sql;
        }
    }

    /**
     * An entity.
     *
     * @param name its name
     * @param first event time of its oldest row; null if it has none
     * @param last event time of its newest row; null if it has none
     * @param rows scored rows since the store began
     * @param alarms incidents of kind ANOMALY in the range
     * @param open open incidents
     * @param worst the worst severity of an open incident; null if there is none
     */
    public record Entity(
            String name,
            @Nullable Long first,
            @Nullable Long last,
            long rows,
            long alarms,
            long open,
            @Nullable Severity worst) {}

    /**
     * Returns entities.
     *
     * @param text part of the name; null for all
     * @param from first event time of the alarms that count
     * @param to first event time after them
     * @param offset number of entities to skip
     */
    public static Page<Entity> find(
            StoreConnection connection, @Nullable String text, Order order, long from, long to, int limit, long offset)
            throws SQLException {
        String pattern = text == null ? null : "%" + IncidentFilter.escaped(text) + "%";
        long total = connection.number("SELECT count(*) FROM entity WHERE " + NAMED, pattern);
        List<Entity> items = connection.list(
                "SELECT name, first, last, rows, coalesce(alarms, 0) AS alarms, coalesce(open, 0), worst FROM entity"
                        + " LEFT JOIN (SELECT entity, sum(kind = " + IncidentKind.ANOMALY.ordinal()
                        + " AND start >= ?2) AS alarms, sum(is_open) AS open,"
                        + " max(CASE WHEN is_open = 1 THEN severity END) AS worst"
                        + " FROM incident INDEXED BY incident_entity WHERE entity <> 0 AND start < ?3 GROUP BY entity)"
                        + " ON entity = id WHERE " + NAMED + " ORDER BY " + order.sql + " LIMIT ?4 OFFSET ?5",
                EntityQueries::read,
                pattern,
                from,
                to,
                limit,
                offset);
        String next =
                offset + items.size() < total && items.size() == limit ? String.valueOf(offset + items.size()) : null;
        return new Page<>(items, next, total);
    }

    private static Entity read(ResultSet row) throws SQLException {
        Object first = row.getObject(2);
        Object last = row.getObject(3);
        Object worst = row.getObject(7);
        return new Entity(
                row.getString(1),
                first == null ? null : ((Number) first).longValue(),
                last == null ? null : ((Number) last).longValue(),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                worst == null ? null : Severity.values()[((Number) worst).intValue()]);
    }

    /** Returns an entity; null if the store does not know it. */
    public static @Nullable Entity get(StoreConnection connection, String name, long from, long to)
            throws SQLException {
        return connection.first(
                "SELECT name, first, last, rows,"
                        + " (SELECT count(*) FROM incident WHERE entity = entity_row.id AND start >= ?2 AND start < ?3"
                        + " AND kind = " + IncidentKind.ANOMALY.ordinal() + "),"
                        + " (SELECT count(*) FROM incident WHERE entity = entity_row.id AND is_open = 1),"
                        + " (SELECT max(severity) FROM incident WHERE entity = entity_row.id AND is_open = 1)"
                        + " FROM entity AS entity_row WHERE name = ?1",
                EntityQueries::read,
                name,
                from,
                to);
    }

    /**
     * Counts the rows and the alarms of an entity. The hours or days in which the range begins and ends count as a
     * whole, rows and alarms alike; of an entity whose rows are not counted by time, everything is.
     *
     * @param name name of an entity that the store knows
     */
    public static Alarms alarmsOf(StoreConnection connection, String name, long from, long to) throws SQLException {
        long id = connection.number("SELECT id FROM entity WHERE name = ?", name);
        if (id > ScoreBatch.COUNTED_BY_DAY) {
            long rows = connection.number("SELECT rows FROM entity WHERE id = ?", id);
            return new Alarms(rows, alarmsOf(connection, id, Long.MIN_VALUE, Long.MAX_VALUE), null);
        }
        long length = id <= ScoreBatch.COUNTED_BY_HOUR ? ScoreBatch.HOUR : ScoreBatch.DAY;
        long start = Math.floorDiv(from, length) * length;
        long last = Math.floorDiv(to - 1, length) * length;
        long end = last > Long.MAX_VALUE - length ? Long.MAX_VALUE : last + length;
        String counts = " FROM entity_hour WHERE entity = ? AND start >= ? AND start < ?";
        Long first = connection.first(
                "SELECT min(start)" + counts + " HAVING count(*) > 0", row -> row.getLong(1), id, start, end);
        long rows = connection.number("SELECT sum(rows)" + counts, id, start, end);
        return new Alarms(rows, first == null ? 0 : alarmsOf(connection, id, first, end), first);
    }

    private static long alarmsOf(StoreConnection connection, long entity, long from, long to) throws SQLException {
        return connection.number(
                "SELECT count(*) FROM incident WHERE entity = ? AND kind = ? AND start >= ? AND start < ?"
                        + " AND is_suppressed = 0 AND feedback <> ?",
                entity,
                IncidentKind.ANOMALY.ordinal(),
                from,
                to,
                IncidentFilter.FeedbackState.CONFIRMED.ordinal());
    }

    /** Returns the names that begin with a text, then those that contain it. */
    public static List<String> names(StoreConnection connection, String text, int limit) throws SQLException {
        String escaped = IncidentFilter.escaped(text);
        return connection.list(
                "SELECT name FROM entity WHERE name LIKE ?1 ESCAPE '!' ORDER BY name LIKE ?2 ESCAPE '!' DESC, name"
                        + " LIMIT ?3",
                row -> row.getString(1),
                "%" + escaped + "%",
                escaped + "%",
                limit);
    }

    /** Returns the names of entities by their keys. */
    public static Map<Long, String> namesOf(StoreConnection connection, Iterable<Long> keys) throws SQLException {
        Map<Long, String> names = new HashMap<>();
        for (long key : keys) {
            String name = connection.first("SELECT name FROM entity WHERE id = ?", row -> row.getString(1), key);
            names.put(key, name == null ? "" : name);
        }
        return names;
    }

    /** Returns the number of entities. */
    public static long count(StoreConnection connection) throws SQLException {
        return connection.number("SELECT count(*) FROM entity");
    }

    /**
     * How many alarms there were.
     *
     * @param rows scored rows
     * @param alarms incidents of kind ANOMALY that were neither suppressed nor confirmed
     * @param from event time of the first row; null if there is none
     */
    public record Alarms(long rows, long alarms, @Nullable Long from) {}

    /** Counts the rows and the alarms of a range. The hour in which it begins is counted as a whole. */
    public static Alarms alarms(StoreConnection connection, long from, long to) throws SQLException {
        long hour = Math.floorDiv(from, ScoreBatch.HOUR) * ScoreBatch.HOUR;
        Long first = connection.first(
                "SELECT min(start) FROM hour WHERE start >= ? AND start < ? HAVING count(*) > 0",
                row -> row.getLong(1),
                hour,
                to);
        long rows = connection.number("SELECT sum(rows) FROM hour WHERE start >= ? AND start < ?", hour, to);
        long alarms = connection.number(
                "SELECT count(*) FROM incident INDEXED BY incident_kind WHERE kind = ? AND start >= ? AND start < ?"
                        + " AND is_suppressed = 0 AND feedback <> ?",
                IncidentKind.ANOMALY.ordinal(),
                // Rows from before are no longer counted, so alarms from before must not be.
                first == null ? hour : first,
                to,
                IncidentFilter.FeedbackState.CONFIRMED.ordinal());
        return new Alarms(rows, alarms, first);
    }
}
