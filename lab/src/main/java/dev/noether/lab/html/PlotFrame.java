package dev.noether.lab.html;

/**
 * The drawing area of a chart: places of values in pixels, and the axes around it.
 *
 * @param x horizontal axis
 * @param y vertical axis
 * @param width of the chart in pixels
 * @param height of the chart in pixels
 */
record PlotFrame(Axis x, Axis y, int width, int height) {
    /** Upper end of the drawing area. */
    static final double TOP = 16;

    private static final double LEFT = 62;
    private static final double RIGHT = 12;
    private static final double BOTTOM = 40;

    /** Lower end of the drawing area. */
    double bottom() {
        return height - BOTTOM;
    }

    /** Draws grid, ticks and labels of both axes. */
    void drawAxes(StringBuilder html) {
        double bottom = bottom();
        for (double tick : y.ticks()) {
            String at = Markup.coordinate(down(tick));
            html.append("<path class=\"grid\" d=\"M")
                    .append(Markup.coordinate(LEFT))
                    .append(' ')
                    .append(at);
            html.append('H').append(Markup.coordinate(width - RIGHT)).append("\"/>");
            text(html, "end", LEFT - 6, down(tick) + 4, Markup.tick(tick));
        }
        for (double tick : x.ticks()) {
            html.append("<path class=\"grid\" d=\"M")
                    .append(Markup.coordinate(left(tick)))
                    .append(' ');
            html.append(Markup.coordinate(bottom)).append("v4\"/>");
            text(html, "middle", left(tick), bottom + 16, x.text(tick));
        }
        html.append("<path class=\"axis\" d=\"M")
                .append(Markup.coordinate(LEFT))
                .append(' ');
        html.append(Markup.coordinate(TOP)).append('V').append(Markup.coordinate(bottom));
        html.append('H').append(Markup.coordinate(width - RIGHT)).append("\"/>");
        text(html, "middle", (LEFT + width - RIGHT) / 2, height - 6, x.label());
        html.append("<text text-anchor=\"middle\" transform=\"translate(12 ");
        html.append(Markup.coordinate((TOP + bottom) / 2)).append(") rotate(-90)\">");
        html.append(Markup.escape(y.label())).append("</text>");
    }

    private static void text(StringBuilder html, String anchor, double left, double down, String text) {
        html.append("<text text-anchor=\"").append(anchor).append("\" x=\"").append(Markup.coordinate(left));
        html.append("\" y=\"").append(Markup.coordinate(down)).append("\">");
        html.append(Markup.escape(text)).append("</text>");
    }

    String point(double valueX, double valueY) {
        return Markup.coordinate(left(valueX)) + " " + Markup.coordinate(down(valueY));
    }

    double left(double value) {
        return LEFT + x.place(value) * (width - LEFT - RIGHT);
    }

    double down(double value) {
        return height - BOTTOM - y.place(value) * (height - BOTTOM - TOP);
    }
}
