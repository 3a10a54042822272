package dev.noether.model.shape;

/**
 * How the newest rows of an entity differ from the nearest normal ones: the window that deviates most, and why.
 *
 * @param feature index of the judged feature
 * @param kind kind of the difference
 * @param deviations the strongest step from the nearest normal window, in standard deviations of the steps between
 *     normal windows; positive is higher, rising, larger, later or wider
 * @param error standardised error of the window: 0 for the median of normal windows, 1 for their 90 % quantile
 * @param periodRows period of the signal
 * @param windowRows length of the window
 * @param brokenFrom the part of the window that fits worst begins this many rows before the newest row
 * @param brokenTo it ends this many rows before the newest row, inclusive
 */
public record ShapeMismatch(
        int feature,
        ShapeKind kind,
        float deviations,
        float error,
        int periodRows,
        int windowRows,
        int brokenFrom,
        int brokenTo) {
    /** A window with a smaller standardised error is usual: one in ten normal windows has a larger one. */
    public static final float LEAST_ERROR = 1;
}
