package dev.noether.incident.rule;

import biweekly.component.VEvent;
import biweekly.util.com.google.ical.compat.javautil.DateIterator;
import java.util.Date;
import java.util.HashSet;
import java.util.Set;
import java.util.TimeZone;

/**
 * A maintenance event of a calendar, with its repetitions.
 *
 * <p>In the duration, days and weeks are calendar days of the event's time zone, which may have 23 or 25 hours. Hours,
 * minutes and seconds are exact.
 */
final class MaintenanceEvent {
    private final VEvent event;
    private final TimeZone zone;
    private final int days;
    private final long millis;
    private final NamePatterns entities;
    private final Set<Date> excludedStarts = new HashSet<>();

    /** Receives the occurrences. */
    interface Visitor {
        void visit(long start, long end);
    }

    /**
     * Makes an event.
     *
     * @param event a calendar event with a start
     * @param zone time zone of the start and the repetitions
     * @param days whole days of the duration
     * @param millis rest of the duration, milliseconds
     * @param entities names of the affected entities, separated by commas; {@code *} matches any characters
     */
    MaintenanceEvent(VEvent event, TimeZone zone, int days, long millis, String entities) {
        this.event = event;
        this.zone = zone;
        this.days = days;
        this.millis = millis;
        this.entities = new NamePatterns(entities);
    }

    /** Excludes one occurrence, because another event of the calendar replaces it. */
    void exclude(Date start) {
        excludedStarts.add(start);
    }

    String summary() {
        return event.getSummary() == null
                ? "without a name"
                : event.getSummary().getValue();
    }

    boolean affects(String entity) {
        return entities.matches(entity);
    }

    /** Visits each occurrence that overlaps [from, to). */
    void occurrences(long from, long to, Visitor visitor) {
        DateIterator starts = event.getDateIterator(zone);
        // A day has at most 25 hours.
        long longestMillis = days * 90_000_000L + millis;
        starts.advanceTo(new Date(from - longestMillis - 1));
        while (starts.hasNext()) {
            Date start = starts.next();
            if (start.getTime() >= to) {
                return;
            }
            long end = end(start);
            if (end > from && !excludedStarts.contains(start)) {
                visitor.visit(start.getTime(), end);
            }
        }
    }

    private long end(Date start) {
        return LocalDays.plus(start.getTime(), days, zone) + millis;
    }
}
