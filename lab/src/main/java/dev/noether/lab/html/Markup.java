package dev.noether.lab.html;

import java.util.Locale;

/** What text and numbers look like in HTML and SVG. */
final class Markup {
    private Markup() {}

    /** Text that means itself, between tags and in attributes. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(character);
            }
        }
        return escaped.toString();
    }

    /** A coordinate: a tenth of a pixel is enough. */
    static String coordinate(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** A number on an axis: as short as it can be. */
    static String tick(double value) {
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-3 || size >= 1e5)) {
            return String.format(Locale.ROOT, "%.0e", value)
                    .replaceFirst("e([+-])0", "e$1")
                    .replace("e+", "e");
        }
        String text = String.format(Locale.ROOT, "%.4f", value).replaceFirst("\\.?0+$", "");
        return text.equals("-0") ? "0" : text;
    }
}
