package dev.noether.incident.rule;

import java.util.TimeZone;

/**
 * Arithmetic with calendar days of a time zone, which may have 23 or 25 hours. It asks only for the zone's offsets, so
 * that it also works with a zone that only a calendar file defines. Stateless.
 */
final class LocalDays {
    private static final long DAY = 86_400_000L;

    private LocalDays() {}

    /**
     * Returns the time with the same local time of day some days later. If the clock skips that local time, the result
     * is later by the skipped time; if it shows the local time twice, the result has the offset of the start.
     */
    static long plus(long millis, int days, TimeZone zone) {
        int offset = zone.getOffset(millis);
        long local = millis + offset + days * DAY;
        long sameOffset = local - offset;
        long result = local - zone.getOffset(sameOffset);
        return result + zone.getOffset(result) == local ? result : sameOffset;
    }

    /** Returns the number of midnights from one time to another. */
    static long between(long from, long to, TimeZone zone) {
        return Math.floorDiv(to + zone.getOffset(to), DAY) - Math.floorDiv(from + zone.getOffset(from), DAY);
    }
}
