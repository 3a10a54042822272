package dev.noether.model.feature;

import dev.noether.model.hash.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names of the features, in the order of positional values. Two schemas are equal if their names and the order of
 * the names are equal.
 *
 * @param names feature names, at least one; none blank, no duplicates
 */
public record FeatureSchema(List<String> names) {
    /**
     * Checks the names.
     *
     * @throws IllegalArgumentException if there is none, one is blank, or one is a duplicate
     */
    public FeatureSchema {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("`features` must name at least one feature (got none)");
        }
        Set<String> distinct = new HashSet<>();
        for (String name : names) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("`features` must not hold a blank name (got " + names + ")");
            }
            if (!distinct.add(name)) {
                throw new IllegalArgumentException("`features` must not hold a name twice (got " + name + " twice)");
            }
        }
    }

    /** The number of features. */
    public int size() {
        return names.size();
    }

    /** The name of the feature at a position. */
    public String name(int position) {
        return names.get(position);
    }

    /**
     * The first eight bytes, big-endian, of the SHA-256 of the names, each as UTF-8 after its length. Producers of
     * positional observations write it before the values.
     */
    public long fingerprint() {
        MessageDigest digest = Sha256.start();
        for (String name : names) {
            byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
            digest.update(utf8);
        }
        return ByteBuffer.wrap(digest.digest()).getLong();
    }
}
