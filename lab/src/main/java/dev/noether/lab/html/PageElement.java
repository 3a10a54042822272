package dev.noether.lab.html;

/** A part of a {@link Page}. */
@FunctionalInterface
public interface PageElement {
    /** The part as HTML, complete and escaped. */
    String html();
}
