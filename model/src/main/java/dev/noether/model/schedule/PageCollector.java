package dev.noether.model.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Collects the pages of entities, and says what recurs. Entities with equal pages share one. Not thread safe. */
final class PageCollector {
    private final String zone;
    private final long gridMillis;
    private final List<String> names;
    private final Map<SchedulePage, Integer> pages = new LinkedHashMap<>();
    private final SortedMap<String, Integer> entities = new TreeMap<>();
    /** Words of a job, with the features of the entities at which it runs. */
    private final Map<String, SortedSet<String>> featuresOfJobs = new LinkedHashMap<>();

    private final Map<String, SortedSet<String>> entitiesOfJobs = new LinkedHashMap<>();

    PageCollector(String zone, long gridMillis, List<String> names) {
        this.zone = zone;
        this.gridMillis = gridMillis;
        this.names = names;
    }

    boolean isFull() {
        return pages.size() >= Schedule.MOST_PAGES;
    }

    void add(String entity, EntitySchedule found) {
        Integer known = pages.get(found.page());
        int index = known == null ? pages.size() : known;
        pages.put(found.page(), index);
        entities.put(entity, index);
        for (FittedLayer layer : found.layers()) {
            for (RecurringJob job : layer.jobs()) {
                String words = JobWords.of(job, layer.grid(), gridMillis);
                featuresOfJobs.computeIfAbsent(words, key -> new TreeSet<>()).add(names.get(job.feature()));
                entitiesOfJobs.computeIfAbsent(words, key -> new TreeSet<>()).add(entity);
            }
        }
    }

    /** Returns the schedule; null if no page was added. */
    @Nullable
    Schedule schedule() {
        return pages.isEmpty() ? null : new Schedule(zone, new ArrayList<>(pages.keySet()), entities);
    }

    /** The jobs in words, such as "every day 02:00 to 02:20: cpu, latency (host-1)". */
    List<String> jobs() {
        List<String> jobs = new ArrayList<>();
        featuresOfJobs.forEach((words, features) -> jobs.add(words + ": " + String.join(", ", features) + " ("
                + some(entitiesOfJobs.getOrDefault(words, new TreeSet<>())) + ")"));
        return jobs;
    }

    private static String some(SortedSet<String> all) {
        List<String> first = all.stream().limit(3).toList();
        int more = all.size() - first.size();
        return String.join(", ", first) + (more > 0 ? " and " + more + " more" : "");
    }
}
