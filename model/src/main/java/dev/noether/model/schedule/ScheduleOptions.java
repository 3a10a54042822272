package dev.noether.model.schedule;

import static java.util.Objects.requireNonNull;

/**
 * How schedules are learned.
 *
 * @param choice whether they are
 * @param zone time zone of the phases, as {@link java.time.ZoneId#of(String)} reads it, or {@value #FIND_ZONE}: the one in
 *     which the history repeats best
 */
public record ScheduleOptions(ScheduleChoice choice, String zone) {
    /** Stands for the zone that the history shows. */
    public static final String FIND_ZONE = "auto";

    /** No schedules. */
    public static final ScheduleOptions OFF = new ScheduleOptions(ScheduleChoice.OFF, "UTC");

    /** Schedules in UTC, where the history shows some. */
    public static final ScheduleOptions AUTO = new ScheduleOptions(ScheduleChoice.AUTO, "UTC");

    /** Checks the parts. */
    public ScheduleOptions {
        requireNonNull(choice, "choice");
        if (!zone.equals(FIND_ZONE)) {
            Schedule.requireZone(zone);
        }
    }

    /** Whether the zone is to be found in the history. */
    public boolean findsZone() {
        return zone.equals(FIND_ZONE);
    }

    /** The same options in a zone. */
    public ScheduleOptions in(String otherZone) {
        return new ScheduleOptions(choice, otherZone);
    }
}
