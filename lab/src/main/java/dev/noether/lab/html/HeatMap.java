package dev.noether.lab.html;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Numbers as shades: rows and columns with names, each cell between the smallest and the largest value. A cell that is
 * not finite stays empty.
 *
 * @param title above it
 * @param rows names, top to bottom
 * @param columns names, left to right; may be empty strings
 * @param values {@code [rows][columns]}
 * @param frame sizes, and what the rows and columns are
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HeatMap(String title, List<String> rows, List<String> columns, double[][] values, Frame frame)
        implements PageElement {
    private static final Frame NAMED = new Frame(860, 18, 150, "", "");
    private static final double TOP = 20;

    /**
     * Sizes in pixels, and labels.
     *
     * @param width of the picture
     * @param cellHeight of a row
     * @param left room for the names of the rows
     * @param across what the columns are, below them; may be empty
     * @param down what the rows are, beside them; may be empty
     */
    public record Frame(double width, double cellHeight, double left, String across, String down) {}

    /** With names beside the rows, 860 wide. */
    public HeatMap(String title, List<String> rows, List<String> columns, double[][] values) {
        this(title, rows, columns, values, NAMED);
    }

    /**
     * Many rows without names, small.
     *
     * @param across what the columns are, which are counted from 1
     * @param down what the rows are
     */
    public static HeatMap small(String title, String across, String down, double[][] values) {
        int columns = values.length == 0 ? 0 : values[0].length;
        return new HeatMap(
                title,
                Collections.nCopies(values.length, ""),
                Arrays.stream(new int[columns]).mapToObj(zero -> "").toList(),
                values,
                new Frame(330, 6, 24, across, down));
    }

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
        double top = columns.stream().allMatch(String::isEmpty) ? 4 : TOP;
        double cellHeight = frame.cellHeight();
        double height = top + cellHeight * rows.size() + (frame.across().isEmpty() ? 4 : 20);
        double wide = (frame.width() - frame.left()) / Math.max(1, columns.size());
        StringBuilder html = new StringBuilder("<figure class=\"plot\"><figcaption><b>");
        html.append(Markup.escape(title)).append("</b></figcaption><svg viewBox=\"0 0 ");
        html.append(Markup.coordinate(frame.width())).append(' ').append(Markup.coordinate(height));
        html.append("\" style=\"max-width:")
                .append(Markup.coordinate(frame.width()))
                .append("px\" role=\"img\" aria-label=\"");
        html.append(Markup.escape(title)).append("\">");
        for (int column = 0; column < columns.size(); column++) {
            text(html, "middle", frame.left() + (column + 0.5) * wide, top - 6, columns.get(column));
        }
        for (int row = 0; row < rows.size(); row++) {
            double down = top + row * cellHeight;
            text(html, "end", frame.left() - 6, down + cellHeight - 5, rows.get(row));
            for (int column = 0; column < columns.size(); column++) {
                double value = values[row][column];
                if (Double.isFinite(value)) {
                    double depth = most > least ? (value - least) / (most - least) : 1;
                    html.append("<rect class=\"f0\" fill-opacity=\"").append(Markup.tick(depth));
                    html.append("\" x=\"").append(Markup.coordinate(frame.left() + column * wide));
                    html.append("\" y=\"").append(Markup.coordinate(down));
                    html.append("\" width=\"").append(Markup.coordinate(Math.max(0.5, wide - 1)));
                    html.append("\" height=\"")
                            .append(Markup.coordinate(cellHeight - 1))
                            .append("\"><title>");
                    html.append(Markup.escape(rows.get(row) + " " + columns.get(column) + ": " + Markup.tick(value)));
                    html.append("</title></rect>");
                }
            }
        }
        if (!frame.across().isEmpty()) {
            text(html, "middle", (frame.left() + frame.width()) / 2, height - 5, frame.across());
        }
        if (!frame.down().isEmpty()) {
            html.append("<text text-anchor=\"middle\" transform=\"translate(14 ");
            html.append(Markup.coordinate(top + cellHeight * rows.size() / 2)).append(") rotate(-90)\">");
            html.append(Markup.escape(frame.down())).append("</text>");
        }
        return html.append("</svg></figure>\n").toString();
    }

    private static void text(StringBuilder html, String anchor, double left, double down, String text) {
        if (text.isEmpty()) {
            return;
        }
        html.append("<text text-anchor=\"").append(anchor).append("\" x=\"").append(Markup.coordinate(left));
        html.append("\" y=\"").append(Markup.coordinate(down)).append("\">");
        html.append(Markup.escape(text)).append("</text>");
    }
}
