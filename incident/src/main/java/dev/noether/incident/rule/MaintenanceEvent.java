package dev.noether.incident.rule;

import biweekly.component.VEvent;
import biweekly.util.com.google.ical.compat.javautil.DateIterator;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.HashSet;
import java.util.Set;
import java.util.TimeZone;
import java.util.regex.Pattern;

/**
 * An event of a calendar, with its repetitions.
 *
 * <p>How long it lasts: days and weeks are days of its own time zone, which may have 23 or 25 hours; all else is exact.
 */
final class MaintenanceEvent {
    private final VEvent event;
    private final TimeZone zone;
    private final int days;
    private final long millis;
    private final Pattern entities;
    private final Set<Date> moved = new HashSet<>();

    /** Takes an occurrence. */
    interface Visitor {
        void visit(long start, long end);
    }

    /**
     * Makes an event.
     *
     * @param event with a start
     * @param zone in which its start and its repetitions are meant
     * @param days whole days that it lasts
     * @param millis that it lasts beyond the days
     * @param entities the names that it concerns, with {@code *} for anything, and commas between
     */
    MaintenanceEvent(VEvent event, TimeZone zone, int days, long millis, String entities) {
        this.event = event;
        this.zone = zone;
        this.days = days;
        this.millis = millis;
        this.entities = pattern(entities);
    }

    private static Pattern pattern(String names) {
        StringBuilder regex = new StringBuilder();
        for (String name : names.split(",", -1)) {
            regex.append(regex.isEmpty() ? "" : "|");
            regex.append(Pattern.quote(name.strip()).replace("*", "\\E.*\\Q"));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    /** Leaves out one occurrence, which stands in the calendar as an event of its own. */
    void leaveOut(Date start) {
        moved.add(start);
    }

    String summary() {
        return event.getSummary() == null
                ? "without a name"
                : event.getSummary().getValue();
    }

    boolean concerns(String entity) {
        return entities.matcher(entity).matches();
    }

    /** Visits each occurrence that overlaps [from, to). */
    void occurrences(long from, long to, Visitor visitor) {
        DateIterator starts = event.getDateIterator(zone);
        // A day has at most 25 hours.
        long longest = days * 90_000_000L + millis;
        starts.advanceTo(new Date(from - longest - 1));
        while (starts.hasNext()) {
            Date start = starts.next();
            if (start.getTime() >= to) {
                return;
            }
            long end = end(start);
            if (end > from && !moved.contains(start)) {
                visitor.visit(start.getTime(), end);
            }
        }
    }

    private long end(Date start) {
        ZonedDateTime local = Instant.ofEpochMilli(start.getTime()).atZone(zone.toZoneId());
        return local.plusDays(days).toInstant().toEpochMilli() + millis;
    }
}
