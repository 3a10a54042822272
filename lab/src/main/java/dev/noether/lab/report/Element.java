package dev.noether.lab.report;

/** A part of a {@link Page}. */
@FunctionalInterface
public interface Element {
    /** The part as HTML, complete and escaped. */
    String html();
}
