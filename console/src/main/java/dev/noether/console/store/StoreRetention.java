package dev.noether.console.store;

import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Removes what is too old, and the oldest of what is too much. Ages are event times before the newest one; a time that
 * lies in the future of this machine's clock does not make everything old. What is open stays. Thread safe.
 */
public final class StoreRetention {
    /** A file that was cut to this share of its limit is not cut again soon. */
    private static final double CUT_TO = 0.9;

    private static final int SLICES = 10;
    private static final int MOST_ROUNDS = 40;
    private static final long TOLERANCE = Duration.ofDays(1).toMillis();

    private final ConsoleStore store;
    private final long retentionMillis;
    private final long mostBytes;

    /**
     * Makes the retention of a store.
     *
     * @param retention age above which something is removed
     * @param bytes size of the file above which the oldest is removed
     */
    public StoreRetention(ConsoleStore store, Duration retention, long bytes) {
        this.store = store;
        this.retentionMillis = retention.toMillis();
        this.mostBytes = bytes;
    }

    /**
     * Removes what is due. Other changes come in between its steps.
     *
     * @param now time of this machine, milliseconds since 1970 UTC
     */
    public void run(long now) {
        Long newest = store.find(connection -> newest(connection, now + TOLERANCE));
        if (newest != null) {
            removeBefore(newest - retentionMillis);
        }
        boolean hasCut = false;
        for (int round = 0; round < MOST_ROUNDS && used() > (hasCut ? CUT_TO : 1) * mostBytes; round++) {
            hasCut = true;
            if (!cut()) {
                break;
            }
        }
        store.write(connection -> {
            connection.execute("PRAGMA incremental_vacuum");
            return true;
        });
    }

    private void removeBefore(long horizon) {
        store.write(connection -> connection.update("DELETE FROM score WHERE time < ?", horizon));
        store.write(connection -> {
            long hour = Math.floorDiv(horizon, ScoreBatch.HOUR) * ScoreBatch.HOUR;
            connection.update("DELETE FROM hour WHERE start < ?", hour);
            return connection.update(
                    "DELETE FROM entity_hour WHERE start < CASE WHEN entity <= ? THEN ? ELSE ? END",
                    ScoreBatch.COUNTED_BY_HOUR,
                    hour,
                    Math.floorDiv(horizon, ScoreBatch.DAY) * ScoreBatch.DAY);
        });
        store.write(connection -> removeIncidents(connection, horizon));
        store.write(connection -> removeEntities(connection, horizon));
    }

    /** A key may be given again, so nothing of a removed entity may stay. */
    private static int removeEntities(StoreConnection connection, long horizon) throws SQLException {
        int removed = connection.update(
                "DELETE FROM entity WHERE (last IS NULL OR last < ?) AND NOT EXISTS"
                        + " (SELECT 1 FROM incident WHERE incident.entity = entity.id)",
                horizon);
        if (removed > 0) {
            connection.update("DELETE FROM entity_hour WHERE entity NOT IN (SELECT id FROM entity)");
        }
        return removed;
    }

    /**
     * Returns the newest event time; of the times after the latest one that can be true, none counts, so that one wrong
     * record among old data does not make them all old. Null if there is none.
     */
    private static @Nullable Long newest(StoreConnection connection, long latest) throws SQLException {
        Long newest = StoreTimes.eventTime(connection);
        if (newest == null || newest <= latest) {
            return newest;
        }
        return connection.first(
                "SELECT max(time) FROM (SELECT max(start) AS time FROM hour WHERE start <= ?1"
                        + " UNION ALL SELECT max(time) FROM incident WHERE time <= ?1) HAVING max(time) IS NOT NULL",
                row -> row.getLong(1),
                latest);
    }

    private static int removeIncidents(StoreConnection connection, long horizon) throws SQLException {
        String old = "(SELECT key FROM incident WHERE is_open = 0 AND end < ?)";
        connection.update("DELETE FROM incident_record WHERE key IN " + old, horizon);
        connection.update("DELETE FROM incident_report WHERE key IN " + old, horizon);
        int removed = connection.update("DELETE FROM incident WHERE is_open = 0 AND end < ?", horizon);
        connection.update(
                "DELETE FROM feedback WHERE time < ? AND NOT EXISTS"
                        + " (SELECT 1 FROM incident WHERE incident.id = feedback.incident)",
                horizon);
        return removed;
    }

    private long used() {
        return store.read(connection -> connection.number("PRAGMA page_size")
                * (connection.number("PRAGMA page_count") - connection.number("PRAGMA freelist_count")));
    }

    /** Removes the oldest part of what matters least; returns whether there was anything to remove. */
    private boolean cut() {
        return cutScores(0) || cutScores(1) || cutHours() || cutIncidents();
    }

    /** Removes the oldest tenth of the scores: first of the others, then of the anomalous ones. */
    private boolean cutScores(int verdict) {
        String which = verdict == 0 ? "verdict <> 1" : "verdict = 1";
        return store.write(connection -> {
            Long limit = oldestTenth(connection, "time FROM score WHERE " + which);
            return limit != null && connection.update("DELETE FROM score WHERE " + which + " AND time <= ?", limit) > 0;
        });
    }

    /** Removes the counts of the oldest tenth of the hours. */
    private boolean cutHours() {
        return store.write(connection -> {
            Long limit = oldestTenth(connection, "start FROM hour WHERE true");
            if (limit == null) {
                return false;
            }
            connection.update("DELETE FROM entity_hour WHERE start <= ?", limit);
            return connection.update("DELETE FROM hour WHERE start <= ?", limit) > 0;
        });
    }

    private boolean cutIncidents() {
        return store.write(connection -> {
            Long limit = oldestTenth(connection, "end FROM incident WHERE is_open = 0");
            return limit != null && removeIncidents(connection, limit + 1) > 0;
        });
    }

    /** Returns the last time of the oldest tenth of the rows, by their number: one wrong time does not shift it. */
    private static @Nullable Long oldestTenth(StoreConnection connection, String timeFromWhere) throws SQLException {
        String rest = timeFromWhere.substring(timeFromWhere.indexOf(' '));
        long count = connection.number("SELECT count(*)" + rest);
        return connection.first(
                "SELECT " + timeFromWhere + " ORDER BY 1 LIMIT 1 OFFSET ?",
                row -> row.getLong(1),
                Math.max(0, count / SLICES - 1));
    }
}
