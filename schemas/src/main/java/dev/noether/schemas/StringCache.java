package dev.noether.schemas;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A cache of strings by their UTF-8 bytes, so that the name of an entity is not allocated again for each record. The
 * cache is direct mapped and of bounded size; a miss costs one allocation. Not thread safe.
 */
final class StringCache {
    private static final int SLOTS = 1 << 12;
    private static final int MAX_LENGTH = 128;

    private final byte[] @Nullable [] keys = new byte[SLOTS][];
    private final @Nullable String[] values = new String[SLOTS];

    String get(byte[] utf8, int length) {
        if (length > MAX_LENGTH) {
            return new String(utf8, 0, length, StandardCharsets.UTF_8);
        }
        int hash = 1;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + utf8[i];
        }
        int slot = (hash ^ hash >>> 15) & (SLOTS - 1);
        byte[] key = keys[slot];
        String value = values[slot];
        if (key == null || value == null || !Arrays.equals(key, 0, key.length, utf8, 0, length)) {
            keys[slot] = Arrays.copyOf(utf8, length);
            value = new String(utf8, 0, length, StandardCharsets.UTF_8);
            values[slot] = value;
        }
        return value;
    }
}
