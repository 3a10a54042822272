package dev.noether.model.feature;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names of the features, in the order in which positional values come. Two schemas are the same exactly when the
 * names and their order are.
 *
 * @param names at least one; none blank, none twice
 */
public record FeatureSchema(List<String> names) {
    public FeatureSchema {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("`features` must name at least one feature (got none)");
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("`features` must not hold a blank name (got " + names + ")");
            }
            if (!seen.add(name)) {
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
     * The first eight bytes, big-endian, of the SHA-256 of the names, each as UTF-8 behind its length. Producers of
     * positional observations put it in front of the values.
     */
    public long fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String name : names) {
                byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
                digest.update(utf8);
            }
            return ByteBuffer.wrap(digest.digest()).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
