package dev.noether.schemas;

/**
 * The event times of an incident report, milliseconds since 1970 UTC.
 *
 * @param start time at which the incident began, inclusive
 * @param end time up to which the incident is known to last, exclusive; final once the incident is RESOLVED
 * @param reported time of this report
 */
public record IncidentTimes(long start, long end, long reported) {}
