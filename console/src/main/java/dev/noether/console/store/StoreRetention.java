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
        Long newest = store.find(StoreTimes::eventTime);
        if (newest != null) {
            long horizon = Math.min(newest, now + TOLERANCE) - retentionMillis;
            removeBefore(horizon);
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
                    "DELETE FROM entity_hour WHERE start < ?", Math.floorDiv(horizon, ScoreBatch.DAY) * ScoreBatch.DAY);
        });
        store.write(connection -> removeIncidents(connection, horizon));
        store.write(connection -> connection.update(
                "DELETE FROM entity WHERE coalesce(last, ?1) <= ?1 AND NOT EXISTS"
                        + " (SELECT 1 FROM incident WHERE incident.entity = entity.id)",
                horizon));
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

    /** Removes the oldest tenth of the span of the scores: first of the others, then of the anomalous ones. */
    private boolean cutScores(int verdict) {
        String which = verdict == 0 ? "verdict <> 1" : "verdict = 1";
        return store.write(connection -> {
            Long limit = slice(connection, "SELECT min(time), max(time), count(*) FROM score WHERE " + which);
            return limit != null && connection.update("DELETE FROM score WHERE " + which + " AND time <= ?", limit) > 0;
        });
    }

    private boolean cutHours() {
        return store.write(connection -> {
            Long limit = slice(connection, "SELECT min(start), max(start), count(*) FROM entity_hour");
            return limit != null && connection.update("DELETE FROM entity_hour WHERE start <= ?", limit) > 0;
        });
    }

    private boolean cutIncidents() {
        return store.write(connection -> {
            Long limit = slice(connection, "SELECT min(end), max(end), count(*) FROM incident WHERE is_open = 0");
            return limit != null && removeIncidents(connection, limit + 1) > 0;
        });
    }

    private static @Nullable Long slice(StoreConnection connection, String sql) throws SQLException {
        long[] oldestNewestCount = new long[3];
        connection.each(sql, row -> {
            for (int i = 0; i < oldestNewestCount.length; i++) {
                oldestNewestCount[i] = row.getLong(i + 1);
            }
        });
        long oldest = oldestNewestCount[0];
        return oldestNewestCount[2] == 0 ? null : oldest + (oldestNewestCount[1] - oldest) / SLICES;
    }
}
