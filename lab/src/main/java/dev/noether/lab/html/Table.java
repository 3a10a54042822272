package dev.noether.lab.html;

import java.util.ArrayList;
import java.util.List;

/** A table: a name, then cells, the numbers at the right. Not thread-safe. */
public final class Table implements PageElement {
    private final List<String> columns;
    private final List<String> rows = new ArrayList<>();

    /** How a cell looks. */
    public enum Tone {
        /** As others. */
        PLAIN(""),
        /** It stands out. */
        STRONG("best"),
        /** It says little. */
        FAINT("faint"),
        /** A gain. */
        GOOD("good"),
        /** A loss. */
        BAD("bad");

        private final String style;

        Tone(String style) {
            this.style = style;
        }
    }

    /**
     * One cell.
     *
     * @param text what stands in it
     * @param tone how it looks
     */
    public record Cell(String text, Tone tone) {
        /** A cell that may stand out. */
        public Cell(String text, boolean strong) {
            this(text, strong ? Tone.STRONG : Tone.PLAIN);
        }

        /** A cell like others. */
        public static Cell of(String text) {
            return new Cell(text, Tone.PLAIN);
        }
    }

    /** Makes an empty table; the first column is that of the names. */
    public Table(List<String> columns) {
        this.columns = List.copyOf(columns);
    }

    /**
     * Adds a row.
     *
     * @param name in the first column
     * @param cells one for each other column
     * @param strong whether the whole row stands out
     */
    public Table row(String name, List<Cell> cells, boolean strong) {
        if (cells.size() != columns.size() - 1) {
            throw new IllegalArgumentException(
                    "`cells` must be " + (columns.size() - 1) + " (got " + cells.size() + ")");
        }
        StringBuilder row = new StringBuilder(strong ? "<tr class=\"own\">" : "<tr>");
        row.append("<th scope=\"row\">").append(Markup.escape(name)).append("</th>");
        for (Cell cell : cells) {
            row.append(cell.tone() == Tone.PLAIN ? "<td>" : "<td class=\"" + cell.tone().style + "\">");
            row.append(Markup.escape(cell.text())).append("</td>");
        }
        rows.add(row.append("</tr>\n").toString());
        return this;
    }

    /** Adds a row that does not stand out. */
    public Table row(String name, List<String> texts) {
        return row(name, texts.stream().map(Cell::of).toList(), false);
    }

    @Override
    public String html() {
        StringBuilder html = new StringBuilder("<div class=\"wide\"><table><thead><tr>");
        for (String column : columns) {
            html.append("<th scope=\"col\">").append(Markup.escape(column)).append("</th>");
        }
        html.append("</tr></thead><tbody>\n");
        rows.forEach(html::append);
        return html.append("</tbody></table></div>\n").toString();
    }
}
