package dev.noether.console.store;

import dev.noether.schemas.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Questions about scores. Stateless; thread safe. */
public final class ScoreQueries {
    private static final String SCORES =
            "SELECT time, source_partition, source_offset, partition, position, verdict, score, alarm, threshold,"
                    + " features FROM score WHERE entity = (SELECT id FROM entity WHERE name = ?)";

    private ScoreQueries() {}

    /** The place of a record in its topic. */
    public record Place(int partition, long offset) {}

    /**
     * A kept score.
     *
     * @param time event time
     * @param source place of its observation
     * @param place place of its own record
     * @param verdict the verdict
     * @param score the score; NaN if there is none
     * @param alarm what is compared with the threshold; NaN if there is none
     * @param threshold the threshold; NaN if there is none
     * @param features values of the leading features
     */
    public record StoredScore(
            long time,
            Place source,
            Place place,
            Verdict verdict,
            double score,
            double alarm,
            double threshold,
            List<FeatureValue> features) {}

    /** Reports the kept scores of an entity in a range, oldest first, one at a time: they may be many. */
    public static void each(
            StoreConnection connection, String entity, long from, long to, Consumer<StoredScore> receiver)
            throws SQLException {
        FeatureNames features = FeatureNames.of(connection);
        connection.each(
                SCORES + " AND time >= ? AND time < ? ORDER BY time",
                row -> receiver.accept(read(row, features)),
                entity,
                from,
                to);
    }

    /** Returns the last kept score of an entity before a time; null if there is none. */
    public static @Nullable StoredScore before(StoreConnection connection, String entity, long time)
            throws SQLException {
        FeatureNames features = FeatureNames.of(connection);
        return connection.first(
                SCORES + " AND time < ? ORDER BY time DESC LIMIT 1", row -> read(row, features), entity, time);
    }

    /** Returns the first kept score of an entity not before a time; null if there is none. */
    public static @Nullable StoredScore from(StoreConnection connection, String entity, long time) throws SQLException {
        FeatureNames features = FeatureNames.of(connection);
        return connection.first(
                SCORES + " AND time >= ? ORDER BY time LIMIT 1", row -> read(row, features), entity, time);
    }

    private static StoredScore read(ResultSet row, FeatureNames features) throws SQLException {
        return new StoredScore(
                row.getLong(1),
                new Place(row.getInt(2), row.getLong(3)),
                new Place(row.getInt(4), row.getLong(5)),
                Verdict.values()[row.getInt(6)],
                number(row.getObject(7)),
                number(row.getObject(8)),
                number(row.getObject(9)),
                features.decode(row.getBytes(10)));
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
