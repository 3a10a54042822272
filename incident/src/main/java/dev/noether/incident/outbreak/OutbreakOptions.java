package dev.noether.incident.outbreak;

/**
 * Settings of {@link OutbreakGrouper}.
 *
 * @param detector the detector's name
 * @param intervalMillis incidents that open within this time of each other may form a group, and each incident is held
 *     back for this time; milliseconds of event time; 0 forms no groups
 * @param minMembers minimum number of incidents in a group, at least 2
 */
public record OutbreakOptions(String detector, long intervalMillis, int minMembers) {
    public OutbreakOptions {
        if (intervalMillis < 0) {
            throw new IllegalArgumentException("`intervalMillis` must not be negative (got " + intervalMillis + ")");
        }
        if (minMembers < 2) {
            throw new IllegalArgumentException("`minMembers` must be at least 2 (got " + minMembers + ")");
        }
    }
}
