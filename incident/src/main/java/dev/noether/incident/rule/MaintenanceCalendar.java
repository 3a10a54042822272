package dev.noether.incident.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The maintenance windows of an iCalendar file (RFC 5545), in their time zones and with their repetitions.
 *
 * <p>The windows around the current event time are computed for one month at a time and stored. Not thread safe.
 */
public final class MaintenanceCalendar {
    /** The number of characters of an event's summary that incidents repeat. */
    public static final int LONGEST_SUMMARY = 1_000;

    /** The calendar without maintenance. */
    public static final MaintenanceCalendar EMPTY = new MaintenanceCalendar(List.of());

    private static final long DAY = 86_400_000L;
    private static final long MILLIS_BEFORE = DAY;
    private static final long MILLIS_AFTER = 30 * DAY;

    private final List<MaintenanceEvent> events;
    private List<Window> windows = List.of();
    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;

    /** One occurrence of an event, [start, end). */
    private record Window(long start, long end, MaintenanceEvent event) {}

    MaintenanceCalendar(List<MaintenanceEvent> events) {
        this.events = List.copyOf(events);
    }

    /**
     * Reads the text of a calendar file.
     *
     * @throws CalendarException if the text has problems; the exception lists all of them
     */
    public static MaintenanceCalendar parse(String text) throws CalendarException {
        return new MaintenanceCalendar(CalendarReader.read(text));
    }

    /** Returns the number of events; an event counts once with all its repetitions. */
    public int size() {
        return events.size();
    }

    /** The maintenance that an entity is in at an event time, as a reason; null for none. */
    public @Nullable String maintenance(String entity, long time) {
        if (events.isEmpty()) {
            return null;
        }
        if (time < from || time >= to) {
            computeWindows(time);
        }
        for (Window window : windows) {
            if (window.start > time) {
                return null;
            }
            if (time < window.end && window.event.affects(entity)) {
                String summary = window.event.summary();
                return "maintenance: "
                        + (summary.length() <= LONGEST_SUMMARY ? summary : summary.substring(0, LONGEST_SUMMARY));
            }
        }
        return null;
    }

    private void computeWindows(long time) {
        from = time - MILLIS_BEFORE;
        to = time + MILLIS_AFTER;
        List<Window> occurrences = new ArrayList<>();
        for (MaintenanceEvent event : events) {
            event.occurrences(from, to, (start, end) -> occurrences.add(new Window(start, end, event)));
        }
        occurrences.sort(Comparator.comparingLong(Window::start));
        windows = occurrences;
    }
}
