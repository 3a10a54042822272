package dev.noether.model.shape;

/** What kind of difference a window has from the nearest normal one. */
public enum ShapeKind {
    /** The whole window lies higher or lower. */
    OFFSET,
    /** The window rises or falls more. */
    TREND,
    /** The swings are larger or smaller. */
    AMPLITUDE,
    /** The window comes earlier or later. */
    SHIFT,
    /** The window is wider or narrower. */
    WIDTH,
    /** Parts of the window come earlier and others later. */
    TIMING,
    /** No motion explains the difference: it is another shape. */
    SHAPE;

    private static final ShapeKind[] ALL = values();

    static boolean isOrdinal(int number) {
        return number >= 0 && number < ALL.length;
    }

    static ShapeKind of(int ordinal) {
        return ALL[ordinal];
    }
}
