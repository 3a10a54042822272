package dev.noether.console.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The newest times of what the topics said. Stateless; thread safe. */
public final class StoreTimes {
    private StoreTimes() {}

    /** Notes a time of a topic's record, as part of a change; {@link Long#MIN_VALUE} for none. */
    static void newest(StoreConnection connection, TopicRole role, long time) throws SQLException {
        if (time != Long.MIN_VALUE) {
            connection.update(
                    "INSERT INTO topic (role, newest) VALUES (?2, ?1) ON CONFLICT (role)"
                            + " DO UPDATE SET newest = max(coalesce(newest, ?1), ?1)",
                    time,
                    role.ordinal());
        }
    }

    /** Returns the newest time of the records of a topic; null if it has none. */
    public static @Nullable Long newest(StoreConnection connection, TopicRole role) throws SQLException {
        return connection.first(
                "SELECT newest FROM topic WHERE role = ? AND newest IS NOT NULL",
                row -> row.getLong(1),
                role.ordinal());
    }

    /** Returns the newest event time of a score or an incident; null if there is none. */
    public static @Nullable Long eventTime(StoreConnection connection) throws SQLException {
        return connection.first(
                "SELECT max(newest) FROM topic WHERE role IN (?, ?) AND newest IS NOT NULL HAVING count(*) > 0",
                row -> row.getLong(1),
                TopicRole.SCORES.ordinal(),
                TopicRole.INCIDENTS.ordinal());
    }
}
