package dev.noether.model.schedule;

/**
 * A job that recurs, and did not come or does not end.
 *
 * @param feature index of the feature that the job moves
 * @param isAbsent whether it did not come; otherwise it does not end
 * @param clock local time at which it begins, such as 02:00
 * @param start event time at which it began, or should have begun, milliseconds
 * @param shortestMillis how long it usually lasts at least, milliseconds
 * @param longestMillis how long it usually lasts at most, milliseconds
 */
public record ScheduleMismatch(
        int feature, boolean isAbsent, String clock, long start, long shortestMillis, long longestMillis) {}
