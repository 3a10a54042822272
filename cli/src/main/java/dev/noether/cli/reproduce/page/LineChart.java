package dev.noether.cli.reproduce.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lines over a common axis, each with a band if it has one, as SVG.
 *
 * @param across what the horizontal axis is
 * @param up what the vertical axis is, from 0 on, or logarithmic
 */
record LineChart(String across, String up, boolean logarithmic, List<Line> lines) {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 300;
    private static final int LEFT = 62;
    private static final int RIGHT = 120;
    private static final int TOP = 12;
    private static final int BOTTOM = 40;
    private static final List<String> COLOURS = List.of(
            "#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#8c564b", "#e377c2", "#17becf", "#7f7f7f",
            "#bcbd22");

    /**
     * A line.
     *
     * @param xs rising
     * @param low lower end of the band; the line itself where there is none
     */
    record Line(String name, double[] xs, double[] ys, double[] low, double[] high) {}

    /** The picture; empty if there is no line. */
    String svg() {
        if (lines.isEmpty()) {
            return "";
        }
        Range horizontal = Range.of(lines.stream().map(Line::xs).toList());
        List<double[]> values = new ArrayList<>();
        lines.forEach(line -> {
            values.add(line.ys());
            values.add(line.high());
        });
        Range vertical =
                logarithmic ? Range.of(values).positive() : Range.of(values).from(0);
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s over %s\">%n",
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT,
                Html.text(up),
                Html.text(across)));
        axes(svg, horizontal, vertical);
        for (int index = 0; index < lines.size(); index++) {
            line(svg, lines.get(index), index, horizontal, vertical);
        }
        return svg.append("</svg>\n").toString();
    }

    private void axes(StringBuilder svg, Range horizontal, Range vertical) {
        int bottom = HEIGHT - BOTTOM;
        int right = WIDTH - RIGHT;
        for (int tick = 0; tick <= 4; tick++) {
            double y = bottom - tick * (bottom - TOP) / 4.0;
            double value = logarithmic
                    ? Math.exp(Math.log(vertical.low()) + tick / 4.0 * Math.log(vertical.high() / vertical.low()))
                    : vertical.low() + tick / 4.0 * (vertical.high() - vertical.low());
            svg.append(String.format(
                    Locale.ROOT,
                    "<path class=\"grid\" d=\"M%d %.1fH%d\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
                    LEFT,
                    y,
                    right,
                    LEFT - 5,
                    y + 4,
                    Html.brief(value)));
            double x = LEFT + tick * (right - LEFT) / 4.0;
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                    x,
                    bottom + 16,
                    Html.brief(horizontal.low() + tick / 4.0 * (horizontal.high() - horizontal.low()))));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>"
                        + "<text transform=\"translate(13 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>%n",
                (LEFT + right) / 2,
                HEIGHT - 6,
                Html.text(across),
                (TOP + bottom) / 2,
                Html.text(up)));
    }

    private void line(StringBuilder svg, Line line, int index, Range horizontal, Range vertical) {
        String colour = COLOURS.get(index % COLOURS.size());
        StringBuilder band = new StringBuilder();
        StringBuilder path = new StringBuilder();
        int count = line.xs().length;
        for (int point = 0; point < count; point++) {
            double x = x(line.xs()[point], horizontal);
            path.append(place(point, x, y(line.ys()[point], vertical)));
            band.append(place(point, x, y(line.high()[point], vertical)));
        }
        for (int point = count - 1; point >= 0; point--) {
            band.append(place(1, x(line.xs()[point], horizontal), y(line.low()[point], vertical)));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<path d=\"%sZ\" fill=\"%s\" opacity=\".15\"/><path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\"/>"
                        + "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>%n",
                band,
                colour,
                path,
                colour,
                WIDTH - RIGHT + 8,
                TOP + 12 + 16 * index,
                colour,
                Html.text(line.name())));
    }

    private static String place(int point, double x, double y) {
        return String.format(Locale.ROOT, "%s%.1f %.1f", point == 0 ? "M" : "L", x, y);
    }

    private static double x(double value, Range range) {
        return LEFT + (WIDTH - RIGHT - LEFT) * range.share(value);
    }

    private double y(double value, Range range) {
        double share = logarithmic
                ? Math.log(Math.max(value, range.low()) / range.low()) / Math.log(range.high() / range.low())
                : range.share(value);
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * Math.max(0, Math.min(1, share));
    }

    /** From the smallest to the largest value, never empty. */
    private record Range(double low, double high) {
        private static final double LEAST_SHARE = 1e-6;

        static Range of(List<double[]> values) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (double[] array : values) {
                for (double value : array) {
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
            return new Range(low, high > low ? high : low + Math.max(1e-12, Math.abs(low)));
        }

        /** Fit for logarithms: what is 0 or next to it stands at the lower edge. */
        Range positive() {
            double top = high > 0 ? high : 1;
            return new Range(Math.max(low, LEAST_SHARE * top), top);
        }

        Range from(double other) {
            return new Range(Math.min(other, low), high);
        }

        double share(double value) {
            return (value - low) / (high - low);
        }
    }
}
