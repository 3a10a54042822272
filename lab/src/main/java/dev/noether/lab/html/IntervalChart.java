package dev.noether.lab.html;

import java.util.ArrayList;
import java.util.List;

/**
 * Estimates with their intervals, one below the other, about a line at 0: what lies left of it is a gain, what lies
 * right of it a loss, and what touches it is neither. Estimates come in groups of one name. An end beyond the axis is
 * drawn at its end.
 *
 * @param label of the axis
 * @param reach the axis runs from minus this to this, above 0
 * @param groups top to bottom
 */
public record IntervalChart(String label, double reach, List<Group> groups) implements PageElement {
    private static final double WIDTH = 860;
    private static final double LEFT = 250;
    private static final double RIGHT = 20;
    private static final double TOP = 8;
    private static final double ROW = 15;
    private static final double GAP = 7;
    private static final double BOTTOM = 38;

    /** Copies the list and checks the reach. */
    public IntervalChart {
        groups = List.copyOf(groups);
        if (!(reach > 0 && reach < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`reach` must be finite and above 0 (got " + reach + ")");
        }
    }

    /** Estimates of one name. */
    public record Group(String name, List<Estimate> estimates) {
        /** Copies the list. */
        public Group {
            estimates = List.copyOf(estimates);
        }
    }

    /** A value with its interval. */
    public record Estimate(String name, double value, double low, double high) {
        private String tone() {
            return high < 0 ? "good" : low > 0 ? "bad" : "faint";
        }
    }

    @Override
    public String html() {
        int rows = groups.stream().mapToInt(group -> group.estimates().size()).sum();
        double height = TOP + rows * ROW + groups.size() * GAP + BOTTOM;
        StringBuilder html = new StringBuilder("<figure class=\"plot\"><svg viewBox=\"0 0 860 ");
        html.append(Markup.coordinate(height)).append("\" style=\"max-width:860px\" role=\"img\" aria-label=\"");
        html.append(Markup.escape(label)).append("\">");
        Axis axis = Axis.linear(label, -reach, reach);
        double bottom = height - BOTTOM;
        for (double tick : axis.ticks()) {
            String at = Markup.coordinate(across(axis, tick));
            html.append("<path class=\"")
                    .append(tick == 0 ? "zero" : "grid")
                    .append("\" d=\"M")
                    .append(at);
            html.append(' ')
                    .append(Markup.coordinate(TOP))
                    .append('V')
                    .append(Markup.coordinate(bottom))
                    .append("\"/>");
            text(html, "", "middle", across(axis, tick), bottom + 15, Markup.tick(tick));
        }
        text(html, "", "middle", (LEFT + WIDTH - RIGHT) / 2, height - 6, label);
        double down = TOP;
        for (Group group : groups) {
            text(html, " class=\"name\"", "start", 2, down + ROW - 4, group.name());
            for (Estimate estimate : group.estimates()) {
                draw(html, axis, down + ROW / 2, group.name(), estimate);
                down += ROW;
            }
            down += GAP;
        }
        return html.append("</svg></figure>\n").toString();
    }

    private static void draw(StringBuilder html, Axis axis, double middle, String group, Estimate estimate) {
        text(html, "", "end", LEFT - 8, middle + 4, estimate.name());
        html.append("<path class=\"whisker ").append(estimate.tone()).append("\" d=\"M");
        html.append(Markup.coordinate(across(axis, estimate.low()))).append(' ').append(Markup.coordinate(middle));
        html.append('H')
                .append(Markup.coordinate(across(axis, estimate.high())))
                .append("\"/>");
        html.append("<circle class=\"dot ").append(estimate.tone()).append("\" r=\"3.5\" cx=\"");
        html.append(Markup.coordinate(across(axis, estimate.value())))
                .append("\" cy=\"")
                .append(Markup.coordinate(middle));
        List<String> numbers = new ArrayList<>();
        for (double number : new double[] {estimate.value(), estimate.low(), estimate.high()}) {
            numbers.add(Markup.tick(number));
        }
        html.append("\"><title>")
                .append(Markup.escape(group + ", " + estimate.name() + ": " + numbers.get(0) + " [" + numbers.get(1)
                        + ", " + numbers.get(2) + "]"))
                .append("</title></circle>");
    }

    private static double across(Axis axis, double value) {
        return LEFT + axis.place(value) * (WIDTH - LEFT - RIGHT);
    }

    private static void text(StringBuilder html, String style, String anchor, double left, double down, String text) {
        html.append("<text")
                .append(style)
                .append(" text-anchor=\"")
                .append(anchor)
                .append("\" x=\"");
        html.append(Markup.coordinate(left))
                .append("\" y=\"")
                .append(Markup.coordinate(down))
                .append("\">");
        html.append(Markup.escape(text)).append("</text>");
    }
}
