package dev.noether.console.store;

import dev.noether.schemas.Cause;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Questions about incidents. Stateless; thread safe. */
public final class IncidentQueries {
    private static final Pattern CURSOR = Pattern.compile("([01])_(-?\\d{1,19})_(\\d{1,19})");
    private static final String COLUMNS = "SELECT incident.key, incident.feedback, record FROM incident"
            + " JOIN incident_record ON incident_record.key = incident.key WHERE ";
    private static final int MOST_HISTORY = 1_000;

    private IncidentQueries() {}

    /**
     * Returns incidents, open ones first, then the latest start first.
     *
     * @param cursor where an earlier answer ended; null for the beginning
     * @throws IllegalArgumentException if the cursor is none
     */
    public static Page<StoredIncident> find(
            StoreConnection connection, IncidentFilter filter, int limit, @Nullable String cursor) throws SQLException {
        IncidentFilter.Condition condition = filter.condition();
        long total = connection.number(
                "SELECT count(*) FROM incident WHERE " + condition.sql(),
                condition.parameters().toArray());
        List<Object> parameters = new ArrayList<>(condition.parameters());
        String sql = condition.sql();
        if (cursor != null) {
            Matcher place = CURSOR.matcher(cursor);
            if (!place.matches()) {
                throw new IllegalArgumentException("`cursor` must be `next` of an earlier answer (got " + cursor + ")");
            }
            sql += " AND (is_open, start, incident.key) < (?, ?, ?)";
            for (int i = 1; i <= 3; i++) {
                parameters.add(Long.parseLong(place.group(i)));
            }
        }
        parameters.add(limit);
        List<StoredIncident> items = connection.list(
                COLUMNS + sql + " ORDER BY is_open DESC, start DESC, incident.key DESC LIMIT ?",
                row -> read(connection, row),
                parameters.toArray());
        return new Page<>(items, items.size() < limit ? null : cursor(items.get(items.size() - 1)), total);
    }

    private static String cursor(StoredIncident last) {
        int open = last.incident().state() == IncidentState.RESOLVED ? 0 : 1;
        return open + "_" + last.incident().start() + "_" + last.key();
    }

    private static StoredIncident read(StoreConnection connection, ResultSet row) throws SQLException {
        try {
            Incident incident = connection.incidents().decode(row.getBytes(3));
            return new StoredIncident(row.getLong(1), incident, IncidentBatch.verdict(row.getInt(2)));
        } catch (MalformedRecordException e) {
            throw new SQLException("a stored incident cannot be read: " + e.getMessage(), e);
        }
    }

    /** Returns an incident; null if the store does not have it. */
    public static @Nullable StoredIncident get(StoreConnection connection, String id) throws SQLException {
        return connection.first(COLUMNS + "id = ?", row -> read(connection, row), id);
    }

    /** Returns the members of a group. */
    public static List<StoredIncident> members(StoreConnection connection, String group, int limit)
            throws SQLException {
        return connection.list(
                COLUMNS + "grp = ? ORDER BY severity DESC, start LIMIT ?", row -> read(connection, row), group, limit);
    }

    /** Returns the groups that touch a range. */
    public static List<StoredIncident> groups(StoreConnection connection, long from, long to, int limit)
            throws SQLException {
        return connection.list(
                COLUMNS + "kind = ? AND start < ? AND end > ? ORDER BY start DESC LIMIT ?",
                row -> read(connection, row),
                IncidentKind.GROUP.ordinal(),
                to,
                from,
                limit);
    }

    /** Returns earlier incidents with the same leading feature and shape, those of the same entity first. */
    public static List<StoredIncident> similar(StoreConnection connection, StoredIncident one, int limit)
            throws SQLException {
        List<Cause> causes = one.incident().diagnosis().causes();
        if (causes.isEmpty()) {
            return List.of();
        }
        return connection.list(
                COLUMNS + "feature = ? AND shape = ? AND start < ? AND incident.key <> ?"
                        + " ORDER BY entity = (SELECT entity FROM incident WHERE key = ?) DESC, start DESC LIMIT ?",
                row -> read(connection, row),
                causes.get(0).feature(),
                one.incident().diagnosis().shape().ordinal(),
                one.incident().start(),
                one.key(),
                one.key(),
                limit);
    }

    /** One record of an incident. */
    public record Report(long time, IncidentState state, Severity severity, String description) {}

    /** Returns the records of an incident, oldest first. */
    public static List<Report> history(StoreConnection connection, long key) throws SQLException {
        return connection.list(
                "SELECT time, state, severity, description FROM incident_report WHERE key = ?"
                        + " ORDER BY time, state, partition, position LIMIT " + MOST_HISTORY,
                row -> new Report(
                        row.getLong(1),
                        IncidentState.values()[row.getInt(2)],
                        Severity.values()[row.getInt(3)],
                        row.getString(4)),
                key);
    }

    /** Returns what was said of an incident, newest first. */
    public static List<FeedbackEvent> feedback(StoreConnection connection, String id) throws SQLException {
        return connection.list(
                "SELECT verdict, time, author, comment FROM feedback WHERE incident = ? ORDER BY position DESC LIMIT 100",
                row -> new FeedbackEvent(
                        id, IncidentBatch.shown(row.getInt(1)), row.getLong(2), row.getString(3), row.getString(4)),
                id);
    }

    /**
     * Numbers of open incidents.
     *
     * @param bySeverity those that are not suppressed
     * @param suppressed those that are
     */
    public record OpenCounts(Map<Severity, Long> bySeverity, long suppressed) {}

    /** Counts the open incidents. */
    public static OpenCounts open(StoreConnection connection) throws SQLException {
        Map<Severity, Long> counts = new EnumMap<>(Severity.class);
        long[] suppressed = new long[1];
        connection.each(
                "SELECT is_suppressed, severity, count(*) FROM incident WHERE is_open = 1 GROUP BY 1, 2", row -> {
                    if (row.getInt(1) == 0) {
                        counts.put(Severity.values()[row.getInt(2)], row.getLong(3));
                    } else {
                        suppressed[0] += row.getLong(3);
                    }
                });
        return new OpenCounts(counts, suppressed[0]);
    }

    /** Returns the number of incidents. */
    public static long count(StoreConnection connection) throws SQLException {
        return connection.number("SELECT count(*) FROM incident");
    }

    /** Receives the bars of a timeline: entity's key, start, end, and level 1 to 4, or 0 if suppressed. */
    @FunctionalInterface
    public interface BarReceiver {
        void bar(long entity, long start, long end, int level, boolean isOpen);
    }

    /** Reports the incidents of entities that touch a range: the open ones, the worst and the latest first. */
    public static void bars(
            StoreConnection connection, long from, long to, @Nullable String text, int limit, BarReceiver receiver)
            throws SQLException {
        String pattern = text == null ? null : "%" + IncidentFilter.escaped(text) + "%";
        connection.each(
                "SELECT entity, start, end, severity, is_suppressed, is_open FROM incident"
                        + " WHERE start < ?1 AND end > ?2 AND entity <> 0"
                        + " AND (?3 IS NULL OR entity IN (SELECT id FROM entity WHERE name LIKE ?3 ESCAPE '!'))"
                        + " ORDER BY is_suppressed, is_open DESC, severity DESC, start DESC LIMIT ?4",
                row -> receiver.bar(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getInt(5) == 1 ? 0 : row.getInt(4) + 1,
                        row.getInt(6) == 1),
                to,
                from,
                pattern,
                limit);
    }
}
