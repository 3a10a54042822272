package dev.noether.flink.wire;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.jspecify.annotations.Nullable;

/**
 * A reader and cache of entity names in the format of Flink's {@code StringValue}. It returns the same string object
 * for the same name, because the names repeat: no string is allocated, the hash code is already computed, and comparing
 * is fast. The cache is direct-mapped, with {@value #SLOTS} slots; a miss allocates one string.
 *
 * <p>Not thread safe.
 */
final class EntityNames {
    private static final int SLOTS = 1 << 13;
    private static final int HIGH_BIT = 0x80;
    private static final int LOW_BITS = 0x7F;

    private final @Nullable String[] names = new String[SLOTS];
    private char[] characters = new char[64];

    /** Reads a name. A null string, which no row has, is read as the empty string. */
    String read(DataInputView source) throws IOException {
        // Flink writes the length plus one; zero stands for null.
        int length = readNumber(source) - 1;
        if (length <= 0) {
            return "";
        }
        if (length > characters.length) {
            characters = new char[Math.max(2 * characters.length, length)];
        }
        int hash = 0;
        for (int i = 0; i < length; i++) {
            char character = (char) readNumber(source);
            characters[i] = character;
            hash = 31 * hash + character;
        }
        int slot = (hash ^ hash >>> 16) & (SLOTS - 1);
        String name = names[slot];
        if (name == null || !isEqual(name, length)) {
            name = new String(characters, 0, length);
            names[slot] = name;
        }
        return name;
    }

    private boolean isEqual(String name, int length) {
        if (name.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (name.charAt(i) != characters[i]) {
                return false;
            }
        }
        return true;
    }

    private static int readNumber(DataInputView source) throws IOException {
        int value = source.readUnsignedByte();
        if (value < HIGH_BIT) {
            return value;
        }
        value &= LOW_BITS;
        int shift = 7;
        int next = source.readUnsignedByte();
        while (next >= HIGH_BIT) {
            value |= (next & LOW_BITS) << shift;
            shift += 7;
            next = source.readUnsignedByte();
        }
        return value | next << shift;
    }
}
