package dev.noether.lab.html;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A picture with two axes: lines, bands, points and marked stretches, in the order in which they are added. What is
 * named stands in the legend; things of one name have one colour. A NaN breaks a line. Not thread-safe.
 */
public final class Plot implements PageElement {
    private static final double LEFT = 62;
    private static final double RIGHT = 12;
    private static final double TOP = 16;
    private static final double BOTTOM = 40;
    private static final int COLOURS = 8;
    private static final double STRIP = 5;

    private final String title;
    private final Axis x;
    private final Axis y;
    private final int width;
    private final int height;
    private final List<String> layers = new ArrayList<>();
    private final Map<String, Integer> names = new LinkedHashMap<>();
    private final Map<String, String> legend = new LinkedHashMap<>();

    /** Makes an empty picture of 860 by 240. */
    public Plot(String title, Axis x, Axis y) {
        this(title, x, y, 860, 240);
    }

    /**
     * Makes an empty picture.
     *
     * @param title above it; may be empty
     * @param width in pixels, as large as it gets; on a small screen it shrinks
     * @param height in pixels
     */
    public Plot(String title, Axis x, Axis y, int width, int height) {
        if (width < 200 || height < 100) {
            throw new IllegalArgumentException(
                    "`width` and `height` must be at least 200 and 100 (got " + width + " and " + height + ")");
        }
        this.title = title;
        this.x = x;
        this.y = y;
        this.width = width;
        this.height = height;
    }

    /**
     * Gives names their colours in this order, whether or not they come up: then they have the same ones in all
     * pictures.
     */
    public Plot colours(List<String> names) {
        names.forEach(name -> this.names.computeIfAbsent(name, key -> this.names.size() % COLOURS));
        return this;
    }

    /**
     * Adds a line.
     *
     * @param xs {@code [n]}
     * @param ys {@code [n]}
     */
    public Plot line(String name, double[] xs, double[] ys) {
        layers.add("<path class=\"line c" + colour(name) + "\" d=\"" + path(xs, ys) + "\"/>");
        return this;
    }

    /** Adds a dashed line in the text's colour, to compare with. */
    public Plot reference(String name, double[] xs, double[] ys) {
        legend.put(name, "reference");
        layers.add("<path class=\"line reference\" d=\"" + path(xs, ys) + "\"/>");
        return this;
    }

    /**
     * Adds a translucent band.
     *
     * @param low {@code [n]}, finite
     * @param high {@code [n]}, finite
     */
    public Plot band(String name, double[] xs, double[] low, double[] high) {
        requireSameLength(xs, low);
        requireSameLength(xs, high);
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < xs.length; i++) {
            points.append(point(xs[i], high[i])).append(' ');
        }
        for (int i = xs.length - 1; i >= 0; i--) {
            points.append(point(xs[i], low[i])).append(' ');
        }
        layers.add("<polygon class=\"band f" + colour(name) + "\" points=\""
                + points.toString().strip() + "\"/>");
        return this;
    }

    /** Adds points; where the pointer rests on one its tip shows. */
    public Plot points(String name, double[] xs, double[] ys, List<String> tips) {
        requireSameLength(xs, ys);
        int colour = colour(name);
        for (int i = 0; i < xs.length; i++) {
            if (Double.isFinite(xs[i]) && Double.isFinite(ys[i])) {
                layers.add("<circle class=\"point f" + colour + "\" cx=\"" + Markup.coordinate(left(xs[i])) + "\" cy=\""
                        + Markup.coordinate(down(ys[i])) + "\" r=\"4\"><title>" + Markup.escape(tips.get(i))
                        + "</title></circle>");
            }
        }
        return this;
    }

    /** Adds an upright bar from one value to another, as an interval behind a point. */
    public Plot interval(String name, double at, double low, double high) {
        layers.add("<path class=\"whisker c" + colour(name) + "\" d=\"M" + point(at, low) + "L" + point(at, high)
                + "\"/>");
        return this;
    }

    /** Shades a stretch of x over the whole height. */
    public Plot shade(String name, double from, double to, String tip) {
        legend.put(name, "shade");
        layers.add(rectangle("shade", from, to, TOP, height - BOTTOM - TOP, tip));
        return this;
    }

    /** Marks a stretch of x by a strip above the picture. */
    public Plot strip(String name, double from, double to, String tip) {
        legend.put(name, "strip");
        layers.add(rectangle("strip", from, to, TOP - STRIP - 2, STRIP, tip));
        return this;
    }

    @Override
    public String html() {
        StringBuilder html = new StringBuilder("<figure class=\"plot\">");
        if (!title.isEmpty() || !legend.isEmpty()) {
            html.append("<figcaption><b>").append(Markup.escape(title)).append("</b>");
            legend.forEach((name, kind) -> html.append("<span class=\"entry\"><span class=\"key ")
                    .append(kind)
                    .append("\"></span>")
                    .append(Markup.escape(name))
                    .append("</span> "));
            html.append("</figcaption>");
        }
        html.append("<svg viewBox=\"0 0 ").append(width).append(' ').append(height);
        html.append("\" style=\"max-width:").append(width).append("px\" role=\"img\" aria-label=\"");
        html.append(Markup.escape(title)).append("\">");
        axes(html);
        layers.forEach(html::append);
        return html.append("</svg></figure>\n").toString();
    }

    private void axes(StringBuilder html) {
        double bottom = height - BOTTOM;
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
            text(html, "middle", left(tick), bottom + 16, Markup.tick(tick));
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

    private String rectangle(String kind, double from, double to, double down, double tall, String tip) {
        double start = left(from);
        // Thinner than a pixel it could not be seen.
        double wide = Math.max(1, left(to) - start);
        return "<rect class=\"" + kind + "\" x=\"" + Markup.coordinate(start) + "\" y=\"" + Markup.coordinate(down)
                + "\" width=\"" + Markup.coordinate(wide) + "\" height=\"" + Markup.coordinate(tall) + "\"><title>"
                + Markup.escape(tip) + "</title></rect>";
    }

    private String path(double[] xs, double[] ys) {
        requireSameLength(xs, ys);
        StringBuilder path = new StringBuilder();
        boolean drawing = false;
        for (int i = 0; i < xs.length; i++) {
            if (!Double.isFinite(xs[i]) || !Double.isFinite(ys[i])) {
                drawing = false;
                continue;
            }
            path.append(drawing ? 'L' : 'M').append(point(xs[i], ys[i]));
            drawing = true;
        }
        return path.toString();
    }

    private int colour(String name) {
        int colour = names.computeIfAbsent(name, key -> names.size() % COLOURS);
        legend.putIfAbsent(name, "k" + colour);
        return colour;
    }

    private String point(double valueX, double valueY) {
        return Markup.coordinate(left(valueX)) + " " + Markup.coordinate(down(valueY));
    }

    private double left(double value) {
        return LEFT + x.place(value) * (width - LEFT - RIGHT);
    }

    private double down(double value) {
        return height - BOTTOM - y.place(value) * (height - BOTTOM - TOP);
    }

    private static void requireSameLength(double[] xs, double[] ys) {
        if (xs.length != ys.length) {
            throw new IllegalArgumentException(
                    "`xs` and the values must be of the same length (got " + Arrays.asList(xs.length, ys.length) + ")");
        }
    }
}
