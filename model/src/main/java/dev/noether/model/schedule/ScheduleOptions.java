package dev.noether.model.schedule;

import static java.util.Objects.requireNonNull;

/**
 * How schedules are learned.
 *
 * @param choice whether they are
 * @param zone time zone of the phases, as {@link java.time.ZoneId#of(String)} reads it
 */
public record ScheduleOptions(ScheduleChoice choice, String zone) {
    /** No schedules. */
    public static final ScheduleOptions OFF = new ScheduleOptions(ScheduleChoice.OFF, "UTC");

    /** Schedules in UTC, where the history shows some. */
    public static final ScheduleOptions AUTO = new ScheduleOptions(ScheduleChoice.AUTO, "UTC");

    /** Checks the parts. */
    public ScheduleOptions {
        requireNonNull(choice, "choice");
        Schedule.requireZone(zone);
    }
}
