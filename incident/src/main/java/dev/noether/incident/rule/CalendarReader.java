package dev.noether.incident.rule;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.ParseWarning;
import biweekly.io.TimezoneAssignment;
import biweekly.io.TimezoneInfo;
import biweekly.property.DateStart;
import biweekly.property.ExceptionRule;
import biweekly.property.RawProperty;
import biweekly.property.RecurrenceDates;
import biweekly.property.RecurrenceRule;
import biweekly.util.Duration;
import biweekly.util.ICalDate;
import java.time.Instant;
import java.time.ZoneOffset;
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
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2200;
    /** Ten years. */
    private static final int MAX_DAYS = 3_660;
    /** Bounds the occurrences that {@link MaintenanceCalendar} stores for a month. */
    private static final int MAX_STARTS_PER_DAY = 10_000;
    /** Bounds the time for reading: some hundred thousand lines. */
    private static final int MAX_CHARACTERS = 4 << 20;

    private static final int MAX_PROBLEMS = 50;
    private static final long DAY = 86_400_000L;

    /** The library's warning code for a zone that the file names without a definition; Java knows such a zone. */
    private static final int ZONE_OF_THE_PLATFORM = 37;

    /** The properties that determine the time of maintenance; problems of other properties are ignored. */
    private static final Set<String> TIME_PROPERTIES =
            Set.of("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID", "TZID");

    private final List<String> problems = new ArrayList<>();
    private final List<MaintenanceEvent> events = new ArrayList<>();
    private final Map<String, MaintenanceEvent> eventsByUid = new HashMap<>();
    private long startsPerDay;

    private CalendarReader() {}

    static List<MaintenanceEvent> read(String text) throws CalendarException {
        if (text.length() > MAX_CHARACTERS) {
            throw new CalendarException(List.of(
                    "the file must have at most " + MAX_CHARACTERS + " characters (got " + text.length() + ")"));
        }
        CalendarReader reader = new CalendarReader();
        reader.readAll(text);
        if (!reader.problems.isEmpty()) {
            throw new CalendarException(reader.firstProblems());
        }
        return reader.events;
    }

    private List<String> firstProblems() {
        if (problems.size() <= MAX_PROBLEMS) {
            return problems;
        }
        List<String> first = new ArrayList<>(problems.subList(0, MAX_PROBLEMS));
        first.add("and " + (problems.size() - MAX_PROBLEMS) + " further problems");
        return first;
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
        if (startsPerDay > MAX_STARTS_PER_DAY) {
            problems.add("the repeated events of the file must start at most " + MAX_STARTS_PER_DAY
                    + " times a day altogether (got up to " + startsPerDay + ")");
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
        checkYear(event, start.getValue());
        checkRepetition(event);
        includeStart(event, start.getValue());
        TimeZone zone = zone(zones, start);
        MaintenanceEvent maintenance = withLength(event, start, zone);
        events.add(maintenance);
        if (event.getUid() != null && event.getRecurrenceId() == null) {
            eventsByUid.put(event.getUid().getValue(), maintenance);
        }
    }

    private void checkYear(VEvent event, Date start) {
        int year = start.toInstant().atZone(ZoneOffset.UTC).getYear();
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            problems.add("DTSTART must be in the years " + FIRST_YEAR + " to " + LAST_YEAR + " (got " + year + "; "
                    + name(event) + ")");
        }
    }

    private void checkRepetition(VEvent event) {
        RecurrenceRule repetition = event.getRecurrenceRule();
        if (event.getProperties(RecurrenceRule.class).size() > 1) {
            problems.add("an event must have at most one RRULE (" + name(event) + ")");
        }
        if (repetition != null) {
            RepetitionCheck.check(
                    repetition.getValue(), problem -> problems.add("RRULE of " + name(event) + ": " + problem));
            startsPerDay += repetition.getValue() == null ? 0 : RepetitionCheck.perDay(repetition.getValue());
        }
        for (ExceptionRule exception : event.getExceptionRules()) {
            RepetitionCheck.check(
                    exception.getValue(), problem -> problems.add("EXRULE of " + name(event) + ": " + problem));
        }
        if (event.getRecurrenceDates().stream()
                .anyMatch(dates -> !dates.getPeriods().isEmpty())) {
            problems.add("RDATE of " + name(event) + ": periods are not supported; write further events");
        }
    }

    /** The start of an event is an occurrence beside its RDATE; the library leaves it out. */
    private static void includeStart(VEvent event, ICalDate start) {
        if (event.getRecurrenceRule() == null && !event.getRecurrenceDates().isEmpty()) {
            RecurrenceDates first = new RecurrenceDates();
            first.getDates().add(start);
            event.addRecurrenceDates(first);
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
        long days = 0;
        long millis = 0;
        if (end != null && isWholeDays) {
            days = LocalDays.between(from.toEpochMilli(), end.getTime(), zone);
        } else if (end != null) {
            millis = end.getTime() - from.toEpochMilli();
        } else if (duration != null) {
            days = (long) orZero(duration.getWeeks()) * DAYS_OF_WEEK + orZero(duration.getDays());
            millis = duration.toMillis() - days * DAY;
        } else {
            days = isWholeDays ? 1 : 0;
        }
        if (days < 0 || days <= MAX_DAYS && days * DAY + millis <= 0) {
            problems.add("an event must end after its start (" + name(event) + " from " + from + ")");
        } else if (days > MAX_DAYS || days * DAY + millis > MAX_DAYS * DAY) {
            problems.add("an event must last at most " + MAX_DAYS + " days (" + name(event) + " from " + from + ")");
        }
        return new MaintenanceEvent(event, zone, (int) days, millis, entities(event));
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
