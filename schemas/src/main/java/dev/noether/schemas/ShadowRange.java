package dev.noether.schemas;

/**
 * The event times [from, to) for which a challenger scores in shadow.
 *
 * @param from first event time, milliseconds since 1970 UTC
 * @param to first event time after it
 * @param isProlonged whether too few rows were compared at the first end
 */
public record ShadowRange(long from, long to, boolean isProlonged) {
    /** Whether an event time is within the range. */
    public boolean contains(long eventTime) {
        return from <= eventTime && eventTime < to;
    }
}
