package dev.noether.schemas.output;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What JSON makes of a text: its size, and what cannot be written. Stateless; thread safe. */
public final class JsonText {
    private static final int ESCAPED_BYTES = 6;
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int DELETE = 0x7F;
    private static final char REPLACEMENT = '\uFFFD';

    private JsonText() {}

    /** Returns the number of bytes that a text takes in JSON, without its quotation marks. */
    public static long bytes(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"' || character == '\\') {
                bytes += 2;
            } else if (character < FIRST_PRINTABLE) {
                bytes += isShortEscape(character) ? 2 : ESCAPED_BYTES;
            } else if (character < 0x80) {
                bytes++;
            } else if (character < 0x800 || Character.isSurrogate(character)) {
                // The two halves of a surrogate pair take four bytes together.
                bytes += 2;
            } else {
                bytes += 3;
            }
        }
        return bytes;
    }

    private static boolean isShortEscape(char character) {
        return character == '\b' || character == '\t' || character == '\n' || character == '\f' || character == '\r';
    }

    /**
     * Returns the text that bytes are in UTF-8; null if they are no UTF-8, or have control characters other than tab and
     * line break, as binary formats do.
     */
    public static @Nullable String of(byte[] bytes) {
        for (byte one : bytes) {
            if (one >= 0 && one < FIRST_PRINTABLE && one != '\t' && one != '\n' && one != '\r' || one == DELETE) {
                return null;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Returns whether a text has no half of a surrogate pair, which UTF-8 cannot express. */
    static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (Character.isSurrogate(character)) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(character, text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** Returns the text with a replacement character in place of each half of a surrogate pair. */
    static String wellFormed(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point ->
                        whole.appendCodePoint(Character.getType(point) == Character.SURROGATE ? REPLACEMENT : point));
        return whole.toString();
    }
}
