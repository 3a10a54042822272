package dev.noether.cli.tail;

import dev.noether.schemas.output.JsonText;
import java.util.HexFormat;

/** Texts of others on one line of a terminal: no line breaks, and nothing that the terminal would obey. */
final class Printable {
    private static final int HEX_BYTES = 32;

    private Printable() {}

    /** Returns the text with a visible mark in place of each control character. */
    static String text(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point == '\n' || point == '\r' || point == '\t') {
                visible.append(' ');
            } else {
                visible.appendCodePoint(isObeyed(point) ? '\uFFFD' : point);
            }
        });
        return visible.toString();
    }

    /** Controls, and marks that change the direction of the line. */
    private static boolean isObeyed(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
    }

    /** Returns bytes as text if they are text, otherwise as hexadecimal digits; cut to a number of characters. */
    static String bytes(byte[] bytes, int width) {
        String text = JsonText.of(bytes);
        if (text != null) {
            return cut(text(text), width);
        }
        int shown = Math.min(HEX_BYTES, bytes.length);
        return "hex " + HexFormat.of().formatHex(bytes, 0, shown) + (shown < bytes.length ? "…" : "");
    }

    private static String cut(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(width - 1)) ? width - 1 : width;
        return text.substring(0, end) + "…";
    }
}
