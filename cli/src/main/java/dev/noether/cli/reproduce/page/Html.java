package dev.noether.cli.reproduce.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** Pieces of HTML. */
final class Html {
    private Html() {}

    /** Text as it is to be read, whatever signs it has. */
    static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A table; cells are HTML already. */
    static String table(List<String> head, List<List<String>> rows) {
        StringBuilder table = new StringBuilder("<table>\n<thead><tr>");
        head.forEach(cell -> table.append("<th>").append(cell).append("</th>"));
        table.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            table.append("<tr>");
            row.forEach(cell -> table.append("<td>").append(cell).append("</td>"));
            table.append("</tr>\n");
        }
        return table.append("</tbody>\n</table>\n").toString();
    }

    /** A paragraph of text. */
    static String paragraph(String text) {
        return "<p>" + text(text) + "</p>\n";
    }

    /** A number with as many decimals as its size deserves. */
    static String number(double value) {
        double size = Math.abs(value);
        String form = size >= 100 ? "%.1f" : size >= 1 || size == 0 ? "%.2f" : size >= 0.001 ? "%.4f" : "%.1e";
        return String.format(Locale.ROOT, form, value);
    }

    /** A number with three digits, for axes. */
    static String brief(double value) {
        if (value == 0) {
            return "0";
        }
        return BigDecimal.valueOf(value)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** A whole number with its thousands apart. */
    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
