package dev.noether.console.store;

import dev.noether.schemas.Verdict;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Questions about scores. Stateless; thread safe. */
public final class ScoreQueries {
    private ScoreQueries() {}

    /**
     * A kept score.
     *
     * @param time event time
     * @param partition partition of its observation
     * @param offset offset of its observation
     * @param verdict the verdict
     * @param score the score; NaN if there is none
     * @param alarm what is compared with the threshold; NaN if there is none
     * @param threshold the threshold; NaN if there is none
     * @param features values of the leading features
     */
    public record StoredScore(
            long time,
            int partition,
            long offset,
            Verdict verdict,
            double score,
            double alarm,
            double threshold,
            List<FeatureValue> features) {}

    /** Returns the kept scores of an entity in a range, oldest first. */
    public static List<StoredScore> find(StoreConnection connection, String entity, long from, long to, int limit)
            throws SQLException {
        FeatureNames features = FeatureNames.of(connection);
        return connection.list(
                "SELECT time, source_partition, source_offset, verdict, score, alarm, threshold, features FROM score"
                        + " WHERE entity = (SELECT id FROM entity WHERE name = ?) AND time >= ? AND time < ?"
                        + " ORDER BY time LIMIT ?",
                row -> new StoredScore(
                        row.getLong(1),
                        row.getInt(2),
                        row.getLong(3),
                        Verdict.values()[row.getInt(4)],
                        number(row.getObject(5)),
                        number(row.getObject(6)),
                        number(row.getObject(7)),
                        features.decode(row.getBytes(8))),
                entity,
                from,
                to,
                limit);
    }

    private static double number(@Nullable Object value) {
        return value == null ? Double.NaN : ((Number) value).doubleValue();
    }

    /** Returns the number of kept scores, to about the size of the table. */
    public static long count(StoreConnection connection) throws SQLException {
        return connection.number("SELECT count(*) FROM score");
    }

    /** Returns the event time of the oldest kept score; null if there is none. */
    public static @Nullable Long oldest(StoreConnection connection) throws SQLException {
        return connection.first("SELECT time FROM score ORDER BY time LIMIT 1", row -> row.getLong(1));
    }

    /** Returns the names of the features that scores had values of. */
    public static List<String> features(StoreConnection connection) throws SQLException {
        return connection.list("SELECT name FROM feature ORDER BY id", row -> row.getString(1));
    }
}
