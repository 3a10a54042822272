package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

/**
 * A job that recurs at the same time, and did not come or does not end.
 *
 * @param feature the feature that the job moves
 * @param kind how the job differs
 * @param clock local time at which it begins, such as 02:00, in the time zone of the model
 * @param start event time at which it began, or should have begun, milliseconds
 * @param shortestMillis how long it usually lasts at least, milliseconds
 * @param longestMillis how long it usually lasts at most, milliseconds
 */
public record ScheduleFinding(
        String feature, ScheduleDifference kind, String clock, long start, long shortestMillis, long longestMillis) {
    public ScheduleFinding {
        requireNonNull(feature, "feature");
        requireNonNull(kind, "kind");
        requireNonNull(clock, "clock");
    }
}
