package dev.noether.flink.entity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The few of many entities that were seen longest ago. Of equal times the name decides, so that the order in which they are
 * offered does not. Not thread safe.
 */
final class LeastRecent {
    private static final Comparator<Seen> OLDEST_FIRST =
            Comparator.comparingLong(Seen::time).thenComparing(Seen::entity);

    private final int capacity;
    /** The newest of them on top: it goes where an older one comes. */
    private final PriorityQueue<Seen> oldest = new PriorityQueue<>(OLDEST_FIRST.reversed());

    /** For so many entities, at least 1. */
    LeastRecent(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("`capacity` must be at least 1 (got " + capacity + ")");
        }
        this.capacity = capacity;
    }

    /** Takes an entity in if it was seen before one of those at hand. */
    void offer(String entity, long time) {
        if (oldest.size() < capacity) {
            oldest.add(new Seen(entity, time));
            return;
        }
        Seen newest = oldest.element();
        if (time < newest.time || (time == newest.time && entity.compareTo(newest.entity) < 0)) {
            oldest.remove();
            oldest.add(new Seen(entity, time));
        }
    }

    int size() {
        return oldest.size();
    }

    /** Their names, oldest first. */
    List<String> entities() {
        List<Seen> sorted = new ArrayList<>(oldest);
        sorted.sort(OLDEST_FIRST);
        return sorted.stream().map(Seen::entity).toList();
    }

    private record Seen(String entity, long time) {}
}
