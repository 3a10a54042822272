package dev.noether.lab.report;

/**
 * A picture, and below it what one sees.
 *
 * @param element the picture
 * @param caption in words
 */
public record Captioned(Element element, String caption) implements Element {
    @Override
    public String html() {
        return "<div>" + element.html() + "<p class=\"caption\">" + Markup.escape(caption) + "</p></div>\n";
    }
}
