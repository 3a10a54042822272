package dev.noether.incident.rule;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.ParseWarning;
import biweekly.io.TimezoneAssignment;
import biweekly.io.TimezoneInfo;
import biweekly.property.DateStart;
import biweekly.property.RawProperty;
import biweekly.util.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * Reads an iCalendar text and collects all its problems. An instance reads one text.
 *
 * <p>A time without a zone is in UTC. Cancelled events are ignored. An event with a RECURRENCE-ID replaces that
 * occurrence.
 */
final class CalendarReader {
    /** The property with the names of the affected entities; without it, an event affects all entities. */
    static final String ENTITIES = "X-NOETHER-ENTITIES";

    private static final TimeZone UTC = TimeZone.getTimeZone("UTC");
    private static final int DAYS_OF_WEEK = 7;
    private static final long DAY = 86_400_000L;

    /** The library's warning code for a zone that the file names without a definition; Java knows such a zone. */
    private static final int ZONE_OF_THE_PLATFORM = 37;

    /** The properties that determine the time of maintenance; problems of other properties are ignored. */
    private static final Set<String> TIME_PROPERTIES =
            Set.of("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID", "TZID");

    private final List<String> problems = new ArrayList<>();
    private final List<MaintenanceEvent> events = new ArrayList<>();
    private final Map<String, MaintenanceEvent> eventsByUid = new HashMap<>();

    private CalendarReader() {}

    static List<MaintenanceEvent> read(String text) throws CalendarException {
        CalendarReader reader = new CalendarReader();
        reader.readAll(text);
        if (!reader.problems.isEmpty()) {
            throw new CalendarException(reader.problems);
        }
        return reader.events;
    }

    private void readAll(String text) {
        List<List<ParseWarning>> warnings = new ArrayList<>();
        List<ICalendar> calendars =
                Biweekly.parse(text).defaultTimezone(UTC).warnings(warnings).all();
        warnings.forEach(ofCalendar -> ofCalendar.forEach(this::addWarning));
        if (calendars.isEmpty()) {
            problems.add("the file is not an iCalendar text: it has no BEGIN:VCALENDAR");
        }
        for (ICalendar calendar : calendars) {
            calendar.getEvents().forEach(event -> readEvent(calendar.getTimezoneInfo(), event));
            calendar.getEvents().forEach(this::excludeReplacedOccurrence);
        }
    }

    private void addWarning(ParseWarning warning) {
        String property = warning.getPropertyName();
        boolean isHarmless = warning.getCode() != null && warning.getCode() == ZONE_OF_THE_PLATFORM;
        if (!isHarmless && (property == null || TIME_PROPERTIES.contains(property))) {
            String line = warning.getLineNumber() == null ? "" : "line " + warning.getLineNumber() + ": ";
            problems.add(line + (property == null ? "" : property + ": ") + warning.getMessage());
        }
    }

    private void readEvent(TimezoneInfo zones, VEvent event) {
        DateStart start = event.getDateStart();
        if (start == null || start.getValue() == null) {
            problems.add("an event has no valid DTSTART"
                    + (event.getSummary() == null
                            ? ""
                            : ": " + event.getSummary().getValue()));
            return;
        }
        if (event.getStatus() != null && event.getStatus().isCancelled()) {
            return;
        }
        TimeZone zone = zone(zones, start);
        MaintenanceEvent maintenance = withLength(event, start, zone);
        events.add(maintenance);
        if (event.getUid() != null && event.getRecurrenceId() == null) {
            eventsByUid.put(event.getUid().getValue(), maintenance);
        }
    }

    private void excludeReplacedOccurrence(VEvent event) {
        if (event.getRecurrenceId() != null && event.getUid() != null) {
            MaintenanceEvent base = eventsByUid.get(event.getUid().getValue());
            Date start = event.getRecurrenceId().getValue();
            if (base != null && start != null) {
                base.exclude(start);
            }
        }
    }

    private static TimeZone zone(TimezoneInfo zones, DateStart start) {
        TimezoneAssignment assignment = zones.getTimezone(start);
        return assignment == null ? UTC : assignment.getTimeZone();
    }

    private MaintenanceEvent withLength(VEvent event, DateStart start, TimeZone zone) {
        boolean isWholeDays = !start.getValue().hasTime();
        Instant from = start.getValue().toInstant();
        @Nullable
        Duration duration =
                event.getDuration() == null ? null : event.getDuration().getValue();
        Date end = event.getDateEnd() == null ? null : event.getDateEnd().getValue();
        int days = 0;
        long millis = 0;
        if (end != null && isWholeDays) {
            days = (int) ChronoUnit.DAYS.between(
                    from.atZone(zone.toZoneId()).toLocalDate(),
                    end.toInstant().atZone(zone.toZoneId()).toLocalDate());
        } else if (end != null) {
            millis = end.getTime() - from.toEpochMilli();
        } else if (duration != null) {
            days = orZero(duration.getWeeks()) * DAYS_OF_WEEK + orZero(duration.getDays());
            millis = duration.toMillis() - days * DAY;
        } else {
            days = isWholeDays ? 1 : 0;
        }
        if (days < 0 || days * DAY + millis <= 0) {
            problems.add("an event must end after its start (" + name(event) + " from " + from + ")");
        }
        return new MaintenanceEvent(event, zone, days, millis, entities(event));
    }

    private static String entities(VEvent event) {
        RawProperty entities = event.getExperimentalProperty(ENTITIES);
        return entities == null ? "*" : entities.getValue();
    }

    private static String name(VEvent event) {
        return event.getSummary() == null
                ? "without a name"
                : event.getSummary().getValue();
    }

    private static int orZero(@Nullable Integer value) {
        return value == null ? 0 : value;
    }
}
