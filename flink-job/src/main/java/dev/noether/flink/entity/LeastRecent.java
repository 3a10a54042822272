package dev.noether.flink.entity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The least recently seen entities: of all offered entities, a given number with the oldest times. Equal times are
 * ordered by name, so that the result does not depend on the order of the offers. Not thread safe.
 */
final class LeastRecent {
    private static final Comparator<Seen> OLDEST_FIRST =
            Comparator.comparingLong(Seen::time).thenComparing(Seen::entity);

    private final int capacity;
    /** The newest of them is on top, because it is the first to be replaced. */
    private final PriorityQueue<Seen> oldest = new PriorityQueue<>(OLDEST_FIRST.reversed());

    /**
     * Makes an empty selection.
     *
     * @param capacity number of entities, at least 1
     */
    LeastRecent(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("`capacity` must be at least 1 (got " + capacity + ")");
        }
        this.capacity = capacity;
    }

    /** Adds an entity if it is older than one of the selected entities, or if there is room. */
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

    /** Returns the names of the selected entities, oldest first. */
    List<String> entities() {
        List<Seen> sorted = new ArrayList<>(oldest);
        sorted.sort(OLDEST_FIRST);
        return sorted.stream().map(Seen::entity).toList();
    }

    private record Seen(String entity, long time) {}
}
