package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

/**
 * How the newest rows of a signal that repeats differ from the nearest normal ones.
 *
 * @param feature name of the judged feature
 * @param kind kind of the difference
 * @param deviations the largest step from the nearest normal window, in standard deviations of the steps between normal
 *     windows; positive is higher, rising, larger, later or wider
 * @param error standardised error of the window: 0 for the median of normal windows, 1 for their 90 % quantile
 * @param periodRows period of the signal, rows
 * @param windowRows length of the window that deviates most: about a quarter, a half or a whole period
 * @param brokenFrom the quarter of the window that fits worst begins this many rows before the judged row
 * @param brokenTo it ends this many rows before the judged row, inclusive; 0 is the judged row
 */
public record ShapeFinding(
        String feature,
        ShapeDifference kind,
        float deviations,
        float error,
        int periodRows,
        int windowRows,
        int brokenFrom,
        int brokenTo) {
    public ShapeFinding {
        requireNonNull(feature, "feature");
        requireNonNull(kind, "kind");
    }
}
