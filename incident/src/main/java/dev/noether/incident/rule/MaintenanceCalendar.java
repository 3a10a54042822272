package dev.noether.incident.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When maintenance is: the events of an iCalendar file (RFC 5545), in their time zones and with their repetitions.
 *
 * <p>What lies around the event time at hand is worked out once for a month and kept. Not thread safe.
 */
public final class MaintenanceCalendar {
    /** No maintenance ever. */
    public static final MaintenanceCalendar EMPTY = new MaintenanceCalendar(List.of());

    private static final long DAY = 86_400_000L;
    private static final long BACK = DAY;
    private static final long AHEAD = 30 * DAY;

    private final List<MaintenanceEvent> events;
    private List<Window> windows = List.of();
    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;

    /** One occurrence, [start, end). */
    private record Window(long start, long end, MaintenanceEvent event) {}

    MaintenanceCalendar(List<MaintenanceEvent> events) {
        this.events = List.copyOf(events);
    }

    /**
     * Reads a file's text.
     *
     * @throws CalendarException with every problem
     */
    public static MaintenanceCalendar parse(String text) throws CalendarException {
        return new MaintenanceCalendar(CalendarReader.read(text));
    }

    /** How many events it has, each with its repetitions counted once. */
    public int size() {
        return events.size();
    }

    /** The maintenance that an entity is in at an event time, as a reason; null for none. */
    public @Nullable String maintenance(String entity, long time) {
        if (events.isEmpty()) {
            return null;
        }
        if (time < from || time >= to) {
            workOut(time);
        }
        for (Window window : windows) {
            if (window.start > time) {
                return null;
            }
            if (time < window.end && window.event.concerns(entity)) {
                return "maintenance: " + window.event.summary();
            }
        }
        return null;
    }

    private void workOut(long time) {
        from = time - BACK;
        to = time + AHEAD;
        List<Window> found = new ArrayList<>();
        for (MaintenanceEvent event : events) {
            event.occurrences(from, to, (start, end) -> found.add(new Window(start, end, event)));
        }
        found.sort(Comparator.comparingLong(Window::start));
        windows = found;
    }
}
