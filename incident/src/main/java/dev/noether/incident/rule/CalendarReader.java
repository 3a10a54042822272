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
 * Reads an iCalendar text and gathers all that is wrong with it on the way. An instance reads one text.
 *
 * <p>A time without a zone is in UTC. An event that is cancelled is none; one with a RECURRENCE-ID stands in the place of
 * that occurrence.
 */
final class CalendarReader {
    /** The property that names the entities an event concerns; all, where it is missing. */
    static final String ENTITIES = "X-NOETHER-ENTITIES";

    private static final TimeZone UTC = TimeZone.getTimeZone("UTC");
    private static final int DAYS_OF_WEEK = 7;
    private static final long DAY = 86_400_000L;

    /** The library's code for a zone that the file names without describing it, and that Java knows: as it should be. */
    private static final int ZONE_OF_THE_PLATFORM = 37;

    /** A mistake elsewhere does not change when maintenance is. */
    private static final Set<String> DECISIVE =
            Set.of("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID", "TZID");

    private final List<String> problems = new ArrayList<>();
    private final List<MaintenanceEvent> events = new ArrayList<>();
    private final Map<String, MaintenanceEvent> repeated = new HashMap<>();

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
        warnings.forEach(ofOne -> ofOne.forEach(this::note));
        if (calendars.isEmpty()) {
            problems.add("it is not an iCalendar text: it has no BEGIN:VCALENDAR");
        }
        for (ICalendar calendar : calendars) {
            calendar.getEvents().forEach(event -> readEvent(calendar.getTimezoneInfo(), event));
            calendar.getEvents().forEach(this::leaveOutWhatWasMoved);
        }
    }

    private void note(ParseWarning warning) {
        String property = warning.getPropertyName();
        boolean known = warning.getCode() != null && warning.getCode() == ZONE_OF_THE_PLATFORM;
        if (!known && (property == null || DECISIVE.contains(property))) {
            String line = warning.getLineNumber() == null ? "" : "line " + warning.getLineNumber() + ": ";
            problems.add(line + (property == null ? "" : property + ": ") + warning.getMessage());
        }
    }

    private void readEvent(TimezoneInfo zones, VEvent event) {
        DateStart start = event.getDateStart();
        if (start == null || start.getValue() == null) {
            problems.add("an event has no DTSTART that can be understood"
                    + (event.getSummary() == null
                            ? ""
                            : ": " + event.getSummary().getValue()));
            return;
        }
        if (event.getStatus() != null && event.getStatus().isCancelled()) {
            return;
        }
        TimeZone zone = zone(zones, start);
        MaintenanceEvent made = withLength(event, start, zone);
        events.add(made);
        if (event.getUid() != null && event.getRecurrenceId() == null) {
            repeated.put(event.getUid().getValue(), made);
        }
    }

    private void leaveOutWhatWasMoved(VEvent event) {
        if (event.getRecurrenceId() != null && event.getUid() != null) {
            MaintenanceEvent base = repeated.get(event.getUid().getValue());
            Date start = event.getRecurrenceId().getValue();
            if (base != null && start != null) {
                base.leaveOut(start);
            }
        }
    }

    private static TimeZone zone(TimezoneInfo zones, DateStart start) {
        TimezoneAssignment assignment = zones.getTimezone(start);
        return assignment == null ? UTC : assignment.getTimeZone();
    }

    private MaintenanceEvent withLength(VEvent event, DateStart start, TimeZone zone) {
        boolean wholeDays = !start.getValue().hasTime();
        Instant from = start.getValue().toInstant();
        @Nullable
        Duration duration =
                event.getDuration() == null ? null : event.getDuration().getValue();
        Date end = event.getDateEnd() == null ? null : event.getDateEnd().getValue();
        int days = 0;
        long millis = 0;
        if (end != null && wholeDays) {
            days = (int) ChronoUnit.DAYS.between(
                    from.atZone(zone.toZoneId()).toLocalDate(),
                    end.toInstant().atZone(zone.toZoneId()).toLocalDate());
        } else if (end != null) {
            millis = end.getTime() - from.toEpochMilli();
        } else if (duration != null) {
            days = orZero(duration.getWeeks()) * DAYS_OF_WEEK + orZero(duration.getDays());
            millis = duration.toMillis() - days * DAY;
        } else {
            days = wholeDays ? 1 : 0;
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
                ? "one without a name"
                : event.getSummary().getValue();
    }

    private static int orZero(@Nullable Integer value) {
        return value == null ? 0 : value;
    }
}
