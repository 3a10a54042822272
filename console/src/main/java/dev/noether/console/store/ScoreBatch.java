package dev.noether.console.store;

import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Scores that are stored in one transaction. Every scored row is counted. Anomalous rows are all kept. Of the others one
 * is kept in each interval of its entity, so that the disk does not fill: at most {@link #ROWS_PER_MINUTE} rows of event
 * time in all, at most one a minute of an entity, and one in ten seconds for ten minutes after an anomalous row. What is
 * kept depends on the sequence of the scores alone, not on where a transaction ends. Not thread safe.
 */
public final class ScoreBatch {
    static final long HOUR = 3_600_000L;
    static final long DAY = 24 * HOUR;

    /** Entities whose rows are counted by hour; those that come later are counted by day, and then not by time. */
    static final long COUNTED_BY_HOUR = 5_000;

    static final long COUNTED_BY_DAY = 100_000;

    private static final long MINUTE = 60_000L;
    private static final long ROWS_PER_MINUTE = 300;
    private static final long NEAR = 10 * MINUTE;
    private static final long NEAR_INTERVAL = 10_000L;

    private final StoreConnection connection;
    private final FeatureNames features;
    private final Map<String, EntityRow> entities = new HashMap<>();
    private final Map<Long, long[]> hours = new TreeMap<>();
    private final Map<Place, long[]> entityHours = new HashMap<>();
    private long entityCount;
    private long newest = Long.MIN_VALUE;
    private long anomalous;

    private record Place(long entity, long start) {}

    /** Begins a batch in a transaction. */
    public ScoreBatch(StoreConnection connection) throws SQLException {
        this.connection = connection;
        this.features = FeatureNames.of(connection);
        this.entityCount = connection.number("SELECT max(id) FROM entity");
    }

    /**
     * Adds a score.
     *
     * @param partition partition of its record
     * @param offset offset of its record
     */
    public void add(Score score, int partition, long offset) throws SQLException {
        EntityRow entity = entities.get(score.entity());
        if (entity == null) {
            entity = EntityRow.of(connection, score.entity());
            entities.put(score.entity(), entity);
            entityCount = Math.max(entityCount, entity.id);
        }
        long time = score.eventTime();
        boolean isAnomalous = score.verdict() == Verdict.ANOMALOUS;
        boolean isScored = score.verdict() != Verdict.UNSCORED;
        newest = Math.max(newest, time);
        entity.count(time, isScored, isAnomalous);
        if (isScored) {
            count(entity.id, time, isAnomalous);
        }
        if (isAnomalous) {
            anomalous++;
            entity.nearUntil(time + NEAR);
        }
        long interval = Math.max(MINUTE, entityCount * MINUTE / ROWS_PER_MINUTE);
        if (isAnomalous || entity.keeps(time, interval, NEAR_INTERVAL)) {
            keep(entity.id, score, partition, offset);
        }
    }

    private void count(long entity, long time, boolean isAnomalous) {
        count(hours.computeIfAbsent(Math.floorDiv(time, HOUR) * HOUR, start -> new long[2]), isAnomalous);
        if (entity <= COUNTED_BY_DAY) {
            long length = entity <= COUNTED_BY_HOUR ? HOUR : DAY;
            Place place = new Place(entity, Math.floorDiv(time, length) * length);
            count(entityHours.computeIfAbsent(place, start -> new long[2]), isAnomalous);
        }
    }

    private static void count(long[] counts, boolean isAnomalous) {
        counts[0]++;
        counts[1] += isAnomalous ? 1 : 0;
    }

    private void keep(long entity, Score score, int partition, long offset) throws SQLException {
        connection.update(
                "INSERT OR REPLACE INTO score (entity, time, source_partition, source_offset, partition, position,"
                        + " verdict, score, alarm, threshold, features) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                entity,
                score.eventTime(),
                score.sourcePartition(),
                score.sourceOffset(),
                partition,
                offset,
                score.verdict().ordinal(),
                score.score(),
                score.alarm(),
                score.threshold(),
                features.encode(score.contributions()));
    }

    /** Writes the counts. Must be called once, after the last score. */
    public void finish() throws SQLException {
        for (EntityRow entity : entities.values()) {
            entity.write(connection);
        }
        for (Map.Entry<Long, long[]> hour : hours.entrySet()) {
            connection.update(
                    "INSERT INTO hour (start, rows, anomalous) VALUES (?1, ?2, ?3) ON CONFLICT (start) DO UPDATE SET"
                            + " rows = rows + ?2, anomalous = anomalous + ?3",
                    hour.getKey(),
                    hour.getValue()[0],
                    hour.getValue()[1]);
        }
        for (Map.Entry<Place, long[]> hour : entityHours.entrySet()) {
            connection.update(
                    "INSERT INTO entity_hour (entity, start, rows, anomalous) VALUES (?1, ?2, ?3, ?4)"
                            + " ON CONFLICT (entity, start) DO UPDATE SET rows = rows + ?3, anomalous = anomalous + ?4",
                    hour.getKey().entity(),
                    hour.getKey().start(),
                    hour.getValue()[0],
                    hour.getValue()[1]);
        }
        StoreTimes.newest(connection, TopicRole.SCORES, newest);
    }

    /** Returns how many of the scores are anomalous. */
    public long anomalous() {
        return anomalous;
    }
}
