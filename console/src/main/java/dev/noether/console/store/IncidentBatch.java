package dev.noether.console.store;

import dev.noether.console.store.IncidentFilter.FeedbackState;
import dev.noether.schemas.Cause;
import dev.noether.schemas.FeedbackVerdict;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.output.OutputCodec;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records of incidents and of feedback that are stored in one transaction. The newest record of an incident counts: the
 * one with the latest time of report, and at the same time the one with the later state. Not thread safe.
 */
public final class IncidentBatch {
    private final StoreConnection connection;
    private final OutputCodec<Incident> codec;
    private final Set<String> changed = new LinkedHashSet<>();
    private long newest = Long.MIN_VALUE;

    /** Begins a batch in a transaction. */
    public IncidentBatch(StoreConnection connection) {
        this.connection = connection;
        this.codec = connection.incidents();
    }

    /** The stored record of an incident. */
    private record Known(long key, long time, int state) {}

    /**
     * Adds a record of the topic of incidents.
     *
     * @param partition partition of the record
     * @param offset offset of the record
     */
    public void add(Incident incident, int partition, long offset) throws SQLException {
        newest = Math.max(newest, incident.time());
        Known known = connection.first(
                "SELECT key, time, state FROM incident WHERE id = ?",
                row -> new Known(row.getLong(1), row.getLong(2), row.getInt(3)),
                incident.id());
        boolean isNewest = known == null
                || incident.time() > known.time()
                || incident.time() == known.time() && incident.state().ordinal() >= known.state();
        long key = known == null ? insert(incident) : known.key();
        if (isNewest) {
            update(key, incident);
            changed.add(incident.id());
        }
        connection.update(
                "INSERT OR REPLACE INTO incident_report (key, partition, position, time, state, severity, description)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                key,
                partition,
                offset,
                incident.time(),
                incident.state().ordinal(),
                incident.severity().ordinal(),
                incident.description());
    }

    private long insert(Incident incident) throws SQLException {
        connection.update(
                "INSERT INTO incident (id, entity, kind, state, is_open, severity, start, end, time, shape,"
                        + " is_suppressed, feedback, description) VALUES (?, ?, ?, 0, 0, 0, ?, 0, 0, 0, 0, ?, '')",
                incident.id(),
                incident.entity().isEmpty() ? 0 : EntityRow.id(connection, incident.entity()),
                incident.kind().ordinal(),
                incident.start(),
                feedback(incident.id()));
        return connection.number("SELECT last_insert_rowid()");
    }

    private void update(long key, Incident incident) throws SQLException {
        List<Cause> causes = incident.diagnosis().causes();
        connection.update(
                "UPDATE incident SET state = ?, is_open = ?, severity = ?, start = ?, end = ?, time = ?, shape = ?,"
                        + " feature = ?, grp = ?, is_suppressed = ?, description = ? WHERE key = ?",
                incident.state().ordinal(),
                incident.state() == IncidentState.RESOLVED ? 0 : 1,
                incident.severity().ordinal(),
                incident.start(),
                incident.end(),
                incident.time(),
                incident.diagnosis().shape().ordinal(),
                causes.isEmpty() ? null : causes.get(0).feature(),
                incident.group().id(),
                incident.suppressed() == null ? 0 : 1,
                incident.description(),
                key);
        connection.update(
                "INSERT OR REPLACE INTO incident_record (key, record) VALUES (?, ?)", key, codec.encode(incident));
    }

    private int feedback(String id) throws SQLException {
        return (int)
                connection.number("SELECT verdict FROM feedback WHERE incident = ? ORDER BY position DESC LIMIT 1", id);
    }

    /**
     * Adds a record of the topic of feedback.
     *
     * @param partition partition of the record
     * @param offset offset of the record
     */
    public void addFeedback(FeedbackEvent feedback, int partition, long offset) throws SQLException {
        newest = Math.max(newest, feedback.time());
        connection.update(
                "INSERT OR REPLACE INTO feedback (partition, position, incident, verdict, time, author, comment)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                partition,
                offset,
                feedback.incident(),
                code(feedback.verdict()),
                feedback.time(),
                feedback.author(),
                feedback.comment());
        connection.update(
                "UPDATE incident SET feedback = ? WHERE id = ?", code(feedback.verdict()), feedback.incident());
        changed.add(feedback.incident());
    }

    /** Returns the number that stands for what counts after a verdict; 0 for nothing. */
    private static int code(FeedbackVerdict verdict) {
        return switch (verdict) {
            case CONFIRMED -> FeedbackState.CONFIRMED.ordinal();
            case DISMISSED -> FeedbackState.DISMISSED.ordinal();
            case WITHDRAWN, OTHER -> FeedbackState.NONE.ordinal();
        };
    }

    /** Returns the verdict that a number stands for; null if nothing counts. */
    static @Nullable FeedbackVerdict verdict(int code) {
        FeedbackVerdict verdict = shown(code);
        return verdict == FeedbackVerdict.WITHDRAWN ? null : verdict;
    }

    /** Returns the verdict that a number stands for. */
    static FeedbackVerdict shown(int code) {
        return switch (FeedbackState.values()[code]) {
            case CONFIRMED -> FeedbackVerdict.CONFIRMED;
            case DISMISSED -> FeedbackVerdict.DISMISSED;
            case NONE -> FeedbackVerdict.WITHDRAWN;
        };
    }

    /** Notes the newest time. Must be called once, after the last record. */
    public void finish(TopicRole role) throws SQLException {
        StoreTimes.newest(connection, role, newest);
    }

    /** Returns the ids of the incidents that the batch changed, in the order of their records. */
    public List<String> changed() {
        return List.copyOf(changed);
    }
}
