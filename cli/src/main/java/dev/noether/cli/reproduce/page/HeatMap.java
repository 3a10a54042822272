package dev.noether.cli.reproduce.page;

import java.util.List;
import java.util.Locale;

/**
 * Shares in [0, 1] as shades, one row of squares for each row, as SVG.
 *
 * @param across what the columns are
 * @param down what the rows are
 */
record HeatMap(String across, String down, List<List<Double>> rows) {
    private static final int CELL = 14;
    private static final int HEIGHT = 8;
    private static final int MARGIN = 20;

    /** The picture; empty if there is no row. */
    String svg() {
        if (rows.isEmpty()) {
            return "";
        }
        int width = MARGIN + CELL * rows.get(0).size();
        int height = MARGIN + HEIGHT * rows.size();
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s by %s\">%n",
                width,
                height,
                width,
                height,
                Html.text(down),
                Html.text(across)));
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < rows.get(row).size(); column++) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#1f4e9c\" opacity=\"%.2f\"/>",
                        MARGIN + CELL * column,
                        HEIGHT * row,
                        CELL - 1,
                        HEIGHT - 1,
                        rows.get(row).get(column)));
            }
        }
        svg.append(String.format(
                Locale.ROOT,
                "%n<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>"
                        + "<text transform=\"translate(12 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>%n",
                (MARGIN + width) / 2,
                height - 5,
                Html.text(across),
                (height - MARGIN) / 2,
                Html.text(down)));
        return svg.append("</svg>\n").toString();
    }
}
