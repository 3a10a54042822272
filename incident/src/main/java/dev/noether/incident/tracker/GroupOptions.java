package dev.noether.incident.tracker;

/**
 * What {@link OutbreakGrouper} goes by.
 *
 * @param detector the detector's name
 * @param intervalMillis incidents that open within so long of each other are at the same time; each is held back for so
 *     long to find out
 * @param leastMembers fewer are no group
 */
public record GroupOptions(String detector, long intervalMillis, int leastMembers) {
    public GroupOptions {
        if (intervalMillis < 0) {
            throw new IllegalArgumentException("`intervalMillis` must not be negative (got " + intervalMillis + ")");
        }
        if (leastMembers < 2) {
            throw new IllegalArgumentException("`leastMembers` must be at least 2 (got " + leastMembers + ")");
        }
    }
}
