package dev.noether.flink.source.field;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A cache of texts by their UTF-8 bytes or their letters, so that a name that returns in each record is not allocated
 * again. It is direct mapped and of bounded size; a miss costs one allocation. Not thread safe.
 */
public final class TextCache {
    private static final int SLOTS = 1 << 12;
    private static final int LONGEST = 128;

    private final byte[] @Nullable [] bytes = new byte[SLOTS][];
    private final @Nullable String[] byBytes = new String[SLOTS];
    private final @Nullable String[] byLetters = new String[SLOTS];

    /** Returns the text of some bytes in UTF-8. */
    public String get(byte[] utf8, int from, int length) {
        if (length > LONGEST) {
            return new String(utf8, from, length, StandardCharsets.UTF_8);
        }
        int hash = 1;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + utf8[i];
        }
        int slot = (hash ^ hash >>> 15) & (SLOTS - 1);
        byte[] key = bytes[slot];
        String text = byBytes[slot];
        if (key == null || text == null || !Arrays.equals(key, 0, key.length, utf8, from, from + length)) {
            bytes[slot] = Arrays.copyOfRange(utf8, from, from + length);
            text = new String(utf8, from, length, StandardCharsets.UTF_8);
            byBytes[slot] = text;
        }
        return text;
    }

    /** Returns the text of some letters. */
    public String get(char[] letters, int from, int length) {
        if (length > LONGEST) {
            return new String(letters, from, length);
        }
        int hash = 1;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + letters[i];
        }
        int slot = (hash ^ hash >>> 15) & (SLOTS - 1);
        String text = byLetters[slot];
        if (text == null || !isText(text, letters, from, length)) {
            text = new String(letters, from, length);
            byLetters[slot] = text;
        }
        return text;
    }

    private static boolean isText(String text, char[] letters, int from, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != letters[from + i]) {
                return false;
            }
        }
        return true;
    }
}
