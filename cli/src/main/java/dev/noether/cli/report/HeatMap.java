package dev.noether.cli.report;

import java.util.List;

/**
 * Numbers as shades: rows and columns with names, each cell between the smallest and the largest value. A cell that is not
 * finite stays empty.
 *
 * @param title above it
 * @param rows names, top to bottom
 * @param columns names, left to right; may be empty strings
 * @param values {@code [rows][columns]}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HeatMap(String title, List<String> rows, List<String> columns, double[][] values) implements Element {
    private static final double LEFT = 150;
    private static final double TOP = 20;
    private static final double CELL_HEIGHT = 18;
    private static final double WIDTH = 860;

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if they do not fit together
     */
    public HeatMap {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        if (values.length != rows.size()) {
            throw new IllegalArgumentException(
                    "`values` must have " + rows.size() + " rows (got " + values.length + ")");
        }
        for (double[] row : values) {
            if (row.length != columns.size()) {
                throw new IllegalArgumentException(
                        "`values` must have " + columns.size() + " columns (got " + row.length + ")");
            }
        }
    }

    @Override
    public String html() {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double[] row : values) {
            for (double value : row) {
                if (Double.isFinite(value)) {
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
            }
        }
        double height = TOP + CELL_HEIGHT * rows.size() + 4;
        double wide = (WIDTH - LEFT) / Math.max(1, columns.size());
        StringBuilder html = new StringBuilder("<figure class=\"plot\"><figcaption><b>");
        html.append(Markup.escape(title)).append("</b></figcaption><svg viewBox=\"0 0 860 ");
        html.append(Markup.coordinate(height)).append("\" style=\"max-width:860px\" role=\"img\" aria-label=\"");
        html.append(Markup.escape(title)).append("\">");
        for (int column = 0; column < columns.size(); column++) {
            text(html, "middle", LEFT + (column + 0.5) * wide, TOP - 6, columns.get(column));
        }
        for (int row = 0; row < rows.size(); row++) {
            double down = TOP + row * CELL_HEIGHT;
            text(html, "end", LEFT - 6, down + CELL_HEIGHT - 5, rows.get(row));
            for (int column = 0; column < columns.size(); column++) {
                double value = values[row][column];
                if (Double.isFinite(value)) {
                    double depth = most > least ? (value - least) / (most - least) : 1;
                    html.append("<rect class=\"f0\" fill-opacity=\"").append(Markup.tick(depth));
                    html.append("\" x=\"").append(Markup.coordinate(LEFT + column * wide));
                    html.append("\" y=\"").append(Markup.coordinate(down));
                    html.append("\" width=\"").append(Markup.coordinate(Math.max(0.5, wide - 1)));
                    html.append("\" height=\"")
                            .append(Markup.coordinate(CELL_HEIGHT - 1))
                            .append("\"><title>");
                    html.append(Markup.escape(rows.get(row) + " " + columns.get(column) + ": " + Markup.tick(value)));
                    html.append("</title></rect>");
                }
            }
        }
        return html.append("</svg></figure>\n").toString();
    }

    private static void text(StringBuilder html, String anchor, double left, double down, String text) {
        html.append("<text text-anchor=\"").append(anchor).append("\" x=\"").append(Markup.coordinate(left));
        html.append("\" y=\"").append(Markup.coordinate(down)).append("\">");
        html.append(Markup.escape(text)).append("</text>");
    }
}
