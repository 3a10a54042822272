package dev.noether.console.store;

import java.sql.SQLException;
import java.util.List;

/**
 * The tables of the store. The version is that of the file's content: a file of another version is not changed but made
 * again from the topics.
 */
final class StoreSchema {
    /** The version of the tables and of what is written into them. */
    static final int VERSION = 1;

    private static final List<String> STATEMENTS = List.of(
            "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
            // Where each topic is read on; changed in the transaction that stores the records before it.
            "CREATE TABLE position (role INTEGER, partition INTEGER, next INTEGER NOT NULL, records INTEGER NOT NULL,"
                    + " PRIMARY KEY (role, partition)) WITHOUT ROWID",
            "CREATE TABLE topic (role INTEGER PRIMARY KEY, id TEXT, newest INTEGER)",
            "CREATE TABLE feature (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
            // first and last: event times. kept: the last normal row that was kept. near: normal rows are kept densely
            // up to this event time.
            "CREATE TABLE entity (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, first INTEGER, last INTEGER,"
                    + " rows INTEGER NOT NULL DEFAULT 0, anomalous INTEGER NOT NULL DEFAULT 0, kept INTEGER,"
                    + " near INTEGER)",
            "CREATE INDEX entity_last ON entity (last)",
            "CREATE TABLE score (entity INTEGER, time INTEGER, source_partition INTEGER, source_offset INTEGER,"
                    + " partition INTEGER NOT NULL, position INTEGER NOT NULL, verdict INTEGER NOT NULL, score REAL,"
                    + " alarm REAL, threshold REAL, features BLOB,"
                    + " PRIMARY KEY (entity, time, source_partition, source_offset)) WITHOUT ROWID",
            "CREATE INDEX score_time ON score (time)",
            // Counts of scored rows: of all entities together by hour, and of each entity by hour or day.
            "CREATE TABLE hour (start INTEGER PRIMARY KEY, rows INTEGER NOT NULL, anomalous INTEGER NOT NULL)",
            "CREATE TABLE entity_hour (entity INTEGER, start INTEGER, rows INTEGER NOT NULL, anomalous INTEGER NOT NULL,"
                    + " PRIMARY KEY (entity, start)) WITHOUT ROWID",
            "CREATE TABLE incident (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, entity INTEGER NOT NULL,"
                    + " kind INTEGER NOT NULL, state INTEGER NOT NULL, is_open INTEGER NOT NULL,"
                    + " severity INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, time INTEGER NOT NULL,"
                    + " shape INTEGER NOT NULL, feature TEXT, grp TEXT, is_suppressed INTEGER NOT NULL,"
                    + " feedback INTEGER NOT NULL, description TEXT NOT NULL)",
            "CREATE INDEX incident_order ON incident (is_open, start, key)",
            "CREATE INDEX incident_bar ON incident (start, end, entity, severity, is_suppressed, is_open)",
            "CREATE INDEX incident_open ON incident (is_open, is_suppressed, severity)",
            "CREATE INDEX incident_entity ON incident (entity, start, kind, is_open, severity)",
            "CREATE INDEX incident_kind ON incident (kind, start, is_suppressed, feedback)",
            "CREATE INDEX incident_similar ON incident (feature, shape, start)",
            "CREATE INDEX incident_group ON incident (grp) WHERE grp IS NOT NULL",
            "CREATE TABLE incident_record (key INTEGER PRIMARY KEY, record BLOB NOT NULL)",
            "CREATE TABLE incident_report (key INTEGER, partition INTEGER, position INTEGER, time INTEGER NOT NULL,"
                    + " state INTEGER NOT NULL, severity INTEGER NOT NULL, description TEXT NOT NULL,"
                    + " PRIMARY KEY (key, partition, position)) WITHOUT ROWID",
            "CREATE TABLE feedback (partition INTEGER, position INTEGER, incident TEXT NOT NULL,"
                    + " verdict INTEGER NOT NULL, time INTEGER NOT NULL, author TEXT, comment TEXT,"
                    + " PRIMARY KEY (partition, position)) WITHOUT ROWID",
            "CREATE INDEX feedback_incident ON feedback (incident, position)",
            "CREATE TABLE models (partition INTEGER, position INTEGER, key BLOB, value BLOB NOT NULL,"
                    + " PRIMARY KEY (partition, position)) WITHOUT ROWID");

    private StoreSchema() {}

    /** Makes the tables in an empty file. */
    static void create(StoreConnection connection, String detector) throws SQLException {
        for (String statement : STATEMENTS) {
            connection.execute(statement);
        }
        connection.update("INSERT INTO meta (name, value) VALUES ('detector', ?)", detector);
        connection.execute("PRAGMA user_version = " + VERSION);
        connection.commit();
    }
}
