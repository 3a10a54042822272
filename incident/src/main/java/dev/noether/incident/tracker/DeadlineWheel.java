package dev.noether.incident.tracker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is to be looked at when, in buckets of {@value #GRAIN} ms: putting one in costs no more than a look-up in a small
 * tree and an append. One timer of the stream processor for each entity would cost more than the detector spends on a record.
 *
 * <p>Whoever is in it more than once is looked at more than once; the caller knows which time counts. Not thread safe.
 *
 * @param <K> what is kept
 */
public final class DeadlineWheel<K> {
    /** Width of a bucket, milliseconds: nobody is looked at more than this too late. */
    public static final long GRAIN = 64;

    private final TreeMap<Long, List<K>> buckets = new TreeMap<>();
    private long nearest = Long.MAX_VALUE;

    /** The time at which one with this deadline is looked at: the end of its bucket. */
    public static long dueTime(long deadline) {
        return deadline > Long.MAX_VALUE - GRAIN ? Long.MAX_VALUE : Math.floorDiv(deadline + GRAIN - 1, GRAIN) * GRAIN;
    }

    /** Puts one in, to be looked at at {@link #dueTime}. */
    public void add(long dueTime, K key) {
        buckets.computeIfAbsent(dueTime, time -> new ArrayList<>(4)).add(key);
        nearest = Math.min(nearest, dueTime);
    }

    /** Takes out all that are due, in the order of their times. More may be put in meanwhile, for later times. */
    public void advance(long now, BiConsumer<Long, K> visitor) {
        while (nearest <= now) {
            Map.@Nullable Entry<Long, List<K>> first = buckets.pollFirstEntry();
            if (first != null) {
                for (K key : first.getValue()) {
                    visitor.accept(first.getKey(), key);
                }
            }
            nearest = buckets.isEmpty() ? Long.MAX_VALUE : buckets.firstKey();
        }
    }

    /** How many are in it. */
    public int size() {
        return buckets.values().stream().mapToInt(List::size).sum();
    }

    /** Takes out all, due or not. */
    public void clear() {
        buckets.clear();
        nearest = Long.MAX_VALUE;
    }
}
