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
    private static final int COLOURS = 8;
    private static final double STRIP = 5;

    private final String title;
    private final PlotFrame frame;
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
        this.frame = new PlotFrame(x, y, width, height);
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
            points.append(frame.point(xs[i], high[i])).append(' ');
        }
        for (int i = xs.length - 1; i >= 0; i--) {
            points.append(frame.point(xs[i], low[i])).append(' ');
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
                layers.add("<circle class=\"point f" + colour + "\" cx=\"" + Markup.coordinate(frame.left(xs[i]))
                        + "\" cy=\""
                        + Markup.coordinate(frame.down(ys[i])) + "\" r=\"4\"><title>" + Markup.escape(tips.get(i))
                        + "</title></circle>");
            }
        }
        return this;
    }

    /** Adds an upright bar from one value to another, as an interval behind a point. */
    public Plot interval(String name, double at, double low, double high) {
        layers.add("<path class=\"whisker c" + colour(name) + "\" d=\"M" + frame.point(at, low) + "L"
                + frame.point(at, high) + "\"/>");
        return this;
    }

    /** Shades a stretch of x over the whole height. */
    public Plot shade(String name, double from, double to, String tip) {
        legend.put(name, "shade");
        layers.add(rectangle("shade", from, to, PlotFrame.TOP, frame.bottom() - PlotFrame.TOP, tip));
        return this;
    }

    /** Marks a stretch of x by a strip above the picture. */
    public Plot strip(String name, double from, double to, String tip) {
        legend.put(name, "strip");
        layers.add(rectangle("strip", from, to, PlotFrame.TOP - STRIP - 2, STRIP, tip));
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
        html.append("<svg viewBox=\"0 0 ").append(frame.width()).append(' ').append(frame.height());
        html.append("\" style=\"max-width:").append(frame.width()).append("px\" role=\"img\" aria-label=\"");
        html.append(Markup.escape(title)).append("\">");
        frame.drawAxes(html);
        layers.forEach(html::append);
        return html.append("</svg></figure>\n").toString();
    }

    private String rectangle(String kind, double from, double to, double down, double tall, String tip) {
        double start = frame.left(from);
        // Thinner than a pixel it could not be seen.
        double wide = Math.max(1, frame.left(to) - start);
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
            path.append(drawing ? 'L' : 'M').append(frame.point(xs[i], ys[i]));
            drawing = true;
        }
        return path.toString();
    }

    private int colour(String name) {
        int colour = names.computeIfAbsent(name, key -> names.size() % COLOURS);
        legend.putIfAbsent(name, "k" + colour);
        return colour;
    }

    private static void requireSameLength(double[] xs, double[] ys) {
        if (xs.length != ys.length) {
            throw new IllegalArgumentException(
                    "`xs` and the values must be of the same length (got " + Arrays.asList(xs.length, ys.length) + ")");
        }
    }
}
