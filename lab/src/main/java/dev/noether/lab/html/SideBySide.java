package dev.noether.lab.html;

import java.util.List;

/**
 * Elements beside each other where there is room, else below each other.
 *
 * @param elements from left to right
 */
public record SideBySide(List<PageElement> elements) implements PageElement {
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
