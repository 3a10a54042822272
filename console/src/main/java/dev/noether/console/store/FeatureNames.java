package dev.noether.console.store;

import dev.noether.schemas.Contribution;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that stand for the names of features in stored scores, and the form of the values beside them: for each
 * feature its number and four floats. Not thread safe.
 */
final class FeatureNames {
    private static final int BYTES = Integer.BYTES + 4 * Float.BYTES;

    private final StoreConnection connection;
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<Integer, String> names = new HashMap<>();

    private FeatureNames(StoreConnection connection) {
        this.connection = connection;
    }

    static FeatureNames of(StoreConnection connection) throws SQLException {
        FeatureNames features = new FeatureNames(connection);
        connection.each("SELECT id, name FROM feature", row -> features.put(row.getInt(1), row.getString(2)));
        return features;
    }

    private void put(int id, String name) {
        ids.put(name, id);
        names.put(id, name);
    }

    /** Returns the values of features as bytes; null if there are none. New names are stored. */
    byte @Nullable [] encode(List<Contribution> contributions) throws SQLException {
        if (contributions.isEmpty()) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(contributions.size() * BYTES);
        for (Contribution one : contributions) {
            bytes.putInt(id(one.feature()))
                    .putFloat(one.observed())
                    .putFloat(one.expected())
                    .putFloat(one.usualLow())
                    .putFloat(one.usualHigh());
        }
        return bytes.array();
    }

    /** Returns the values of features that {@link #encode} made. */
    List<FeatureValue> decode(byte @Nullable [] bytes) {
        List<FeatureValue> values = new ArrayList<>();
        if (bytes != null) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.remaining() >= BYTES) {
                String name = names.get(buffer.getInt());
                FeatureValue value = new FeatureValue(
                        name == null ? "" : name,
                        buffer.getFloat(),
                        buffer.getFloat(),
                        buffer.getFloat(),
                        buffer.getFloat());
                values.add(value);
            }
        }
        return values;
    }

    private int id(String name) throws SQLException {
        Integer known = ids.get(name);
        if (known != null) {
            return known;
        }
        connection.update("INSERT INTO feature (name) VALUES (?)", name);
        int id = (int) connection.number("SELECT last_insert_rowid()");
        put(id, name);
        return id;
    }
}
