package dev.noether.incident.tracker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines of keys in buckets of {@value #BUCKET_MILLIS} ms. Adding a deadline costs a look-up in a small tree and an
 * append; a timer of the stream processor for each entity would cost more than the detector spends on a record.
 *
 * <p>A key may have several deadlines; the caller knows which one is valid. Not thread safe.
 *
 * @param <K> the type of the keys
 */
public final class DeadlineWheel<K> {
    /** Width of a bucket, milliseconds: a deadline is met at most this much too late. */
    public static final long BUCKET_MILLIS = 64;

    private final TreeMap<Long, List<K>> buckets = new TreeMap<>();
    private long nearest = Long.MAX_VALUE;

    /** Returns the time at which a deadline is met: the end of its bucket. */
    public static long dueTime(long deadline) {
        return deadline > Long.MAX_VALUE - BUCKET_MILLIS
                ? Long.MAX_VALUE
                : Math.floorDiv(deadline + BUCKET_MILLIS - 1, BUCKET_MILLIS) * BUCKET_MILLIS;
    }

    /** Adds a key that is due at a time, which {@link #dueTime} computed. */
    public void add(long dueTime, K key) {
        buckets.computeIfAbsent(dueTime, time -> new ArrayList<>(4)).add(key);
        nearest = Math.min(nearest, dueTime);
    }

    /** Removes and visits all keys that are due, earliest first. The visitor may add keys for later times. */
    public void advance(long now, BiConsumer<Long, K> visitor) {
        while (nearest <= now && !buckets.isEmpty()) {
            Map.@Nullable Entry<Long, List<K>> first = buckets.pollFirstEntry();
            if (first != null) {
                for (K key : first.getValue()) {
                    visitor.accept(first.getKey(), key);
                }
            }
            nearest = buckets.isEmpty() ? Long.MAX_VALUE : buckets.firstKey();
        }
    }

    /** Returns the number of deadlines. */
    public int size() {
        return buckets.values().stream().mapToInt(List::size).sum();
    }

    /** Removes all deadlines. */
    public void clear() {
        buckets.clear();
        nearest = Long.MAX_VALUE;
    }
}
