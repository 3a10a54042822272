package dev.noether.console.api;

import dev.noether.console.http.HttpReply;
import dev.noether.console.http.QueryParameters;
import dev.noether.console.store.ConsoleStore;
import dev.noether.console.store.EntityQueries;
import dev.noether.console.store.IncidentQueries;
import dev.noether.console.store.StoreTimes;
import dev.noether.console.store.StoredIncident;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The answer from which the page draws incidents of all entities over time. Thread safe. */
final class TimelineAnswers {
    private static final int MOST_BARS = 200_000;
    private static final int MOST_GROUPS = 500;
    private static final long USUAL = Duration.ofDays(1).toMillis();

    private final ConsoleStore store;

    TimelineAnswers(ConsoleStore store) {
        this.store = store;
    }

    /** An entity of the timeline while its bars are counted. */
    private static final class Strip {
        final long entity;
        int worst;
        int bars;
        int place;

        Strip(long entity) {
            this.entity = entity;
        }
    }

    /** Bars as columns. */
    private static final class Bars {
        private final Map<Long, Strip> strips = new HashMap<>();
        private final List<Strip> owners = new ArrayList<>();
        private long[] start = new long[1_024];
        private long[] end = new long[1_024];
        private long[] level = new long[1_024];

        void add(long entity, long from, long to, int severity) {
            int count = owners.size();
            if (count == start.length) {
                start = Arrays.copyOf(start, 2 * count);
                end = Arrays.copyOf(end, 2 * count);
                level = Arrays.copyOf(level, 2 * count);
            }
            Strip strip = strips.computeIfAbsent(entity, Strip::new);
            strip.bars++;
            strip.worst = Math.max(strip.worst, severity);
            owners.add(strip);
            start[count] = from;
            end[count] = to;
            level[count] = severity;
        }

        /** Gives each entity its place: the worst level first, then the one with the most bars. */
        List<Strip> ordered() {
            List<Strip> ordered = new ArrayList<>(strips.values());
            ordered.sort(Comparator.comparingInt((Strip strip) -> strip.worst)
                    .thenComparingInt(strip -> strip.bars)
                    .reversed()
                    .thenComparingLong(strip -> strip.entity));
            for (int i = 0; i < ordered.size(); i++) {
                ordered.get(i).place = i;
            }
            return ordered;
        }

        long[] places() {
            return owners.stream().mapToLong(strip -> strip.place).toArray();
        }
    }

    /** {@code GET /api/timeline}. */
    HttpReply timeline(QueryParameters parameters) {
        Long newest = store.find(StoreTimes::eventTime);
        long now = newest == null ? System.currentTimeMillis() : newest;
        EventRange range = EventRange.recent(parameters, now, USUAL);
        String text = parameters.text("q");
        Bars bars = new Bars();
        store.read(connection -> {
            IncidentQueries.bars(
                    connection,
                    range.from(),
                    range.to(),
                    text,
                    MOST_BARS + 1,
                    (entity, start, end, level, isOpen) ->
                            bars.add(entity, start, isOpen ? Math.max(end, now) : end, level));
            return true;
        });
        List<Strip> ordered = bars.ordered();
        List<Long> keys = ordered.stream().map(strip -> strip.entity).toList();
        Map<Long, String> names = store.read(connection -> EntityQueries.namesOf(connection, keys));
        List<StoredIncident> groups =
                store.read(connection -> IncidentQueries.groups(connection, range.from(), range.to(), MOST_GROUPS));
        int count = Math.min(MOST_BARS, bars.owners.size());
        return HttpReply.json(json -> {
            json.integer("from", range.from()).integer("to", range.to());
            json.texts(
                    "entities",
                    keys.stream().map(key -> names.getOrDefault(key, "")).toList());
            json.object(
                    "bars",
                    columns -> columns.integers("entity", bars.places(), count)
                            .integers("start", bars.start, count)
                            .integers("end", bars.end, count)
                            .integers("level", bars.level, count));
            json.objects("groups", groups, IncidentJson::summary);
            json.flag("truncated", bars.owners.size() > MOST_BARS);
        });
    }
}
