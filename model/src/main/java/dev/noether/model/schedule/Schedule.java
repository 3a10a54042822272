package dev.noether.model.schedule;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What recurs in the rows of some entities. Immutable; thread safe.
 *
 * @param zone time zone of all phases, as {@link ZoneId#of(String)} reads it
 * @param pages pages, at least one; entities may share one
 * @param entities index of its page, for each entity that has one
 */
public record Schedule(String zone, List<SchedulePage> pages, SortedMap<String, Integer> entities) {
    /** Largest number of pages. */
    public static final int MOST_PAGES = 10_000;

    /** Copies the collections and checks the parts. */
    public Schedule {
        requireZone(zone);
        pages = List.copyOf(pages);
        entities = Collections.unmodifiableSortedMap(new TreeMap<>(entities));
        if (pages.isEmpty() || pages.size() > MOST_PAGES) {
            throw new IllegalArgumentException(
                    "a schedule must have 1 to " + MOST_PAGES + " pages (got " + pages.size() + ")");
        }
        int features = pages.get(0).features();
        for (SchedulePage page : pages) {
            if (page.features() != features) {
                throw new IllegalArgumentException(
                        "all pages must have " + features + " features (got " + page.features() + ")");
            }
        }
        for (Map.Entry<String, Integer> entry : entities.entrySet()) {
            if (entry.getValue() < 0 || entry.getValue() >= pages.size()) {
                throw new IllegalArgumentException("the page of `" + entry.getKey() + "` must be one of " + pages.size()
                        + " (got " + entry.getValue() + ")");
            }
        }
    }

    /** The number of features of a row. */
    public int features() {
        return pages.get(0).features();
    }

    /** The page of an entity; null if it has none. */
    public @Nullable SchedulePage page(String entity) {
        Integer index = entities.get(entity);
        return index == null ? null : pages.get(index);
    }

    /**
     * Checks the name of a time zone.
     *
     * @throws IllegalArgumentException if Java knows no such zone
     */
    public static ZoneId requireZone(String zone) {
        requireNonNull(zone, "zone");
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "`zone` must be a time zone such as UTC or Europe/Berlin (got `" + zone + "`)", e);
        }
    }
}
