package dev.noether.lab.html;

/**
 * A picture, and below it what one sees.
 *
 * @param element the picture
 * @param caption in words
 */
public record CaptionedElement(PageElement element, String caption) implements PageElement {
    @Override
    public String html() {
        return "<div>" + element.html() + "<p class=\"caption\">" + Markup.escape(caption) + "</p></div>\n";
    }
}
