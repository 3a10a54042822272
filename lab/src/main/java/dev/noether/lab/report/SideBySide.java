package dev.noether.lab.report;

import java.util.List;

/**
 * Elements beside each other where there is room, else below each other.
 *
 * @param elements from left to right
 */
public record SideBySide(List<Element> elements) implements Element {
    /** Copies the list. */
    public SideBySide {
        elements = List.copyOf(elements);
    }

    @Override
    public String html() {
        StringBuilder html = new StringBuilder("<div class=\"side\">");
        elements.forEach(element -> html.append(element.html()));
        return html.append("</div>\n").toString();
    }
}
