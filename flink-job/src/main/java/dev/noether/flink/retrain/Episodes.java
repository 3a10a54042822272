package dev.noether.flink.retrain;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The episodes of all entities, bounded in number: beyond the limit no episode is added. Not thread safe.
 */
final class Episodes {
    private final Map<String, EntityEpisodes> byEntity = new HashMap<>();
    private final int most;
    private int count;
    private boolean isFull;

    /**
     * Makes a set without episodes.
     *
     * @param most largest number of episodes
     */
    Episodes(int most) {
        this.most = most;
    }

    /** Adds a range of an entity; see {@link EntityEpisodes#add}. */
    void add(String entity, long from, long to, double surprise, double threshold, long rows) {
        if (count >= most) {
            isFull = true;
            return;
        }
        EntityEpisodes own = byEntity.computeIfAbsent(entity, name -> new EntityEpisodes());
        count += own.add(from, to, surprise, threshold, rows) ? 1 : 0;
    }

    /** Adds a range without a score. */
    void add(String entity, long from, long to) {
        add(entity, from, to, Double.POSITIVE_INFINITY, Double.NaN, 1);
    }

    /** Lengthens the newest episode of an entity; see {@link EntityEpisodes#extend}. */
    void extend(String entity, long time, double score, long margin) {
        EntityEpisodes own = byEntity.get(entity);
        if (own != null) {
            own.extend(time, score, margin);
        }
    }

    /** Sorts the episodes; to be called once, after the last is added and before the first is looked up. */
    void sort() {
        byEntity.values().forEach(EntityEpisodes::sort);
    }

    /** Whether an episode was not added because of the limit. */
    boolean isFull() {
        return isFull;
    }

    /** The number of episodes. */
    int count() {
        return byEntity.values().stream().mapToInt(EntityEpisodes::count).sum();
    }

    /** A question about one of the episodes of an entity. */
    @FunctionalInterface
    interface Condition {
        /** Whether the answer is yes. */
        boolean holds(EntityEpisodes own, int episode);
    }

    /** The number of episodes for which a condition holds. */
    int count(Condition condition) {
        int matching = 0;
        for (EntityEpisodes own : byEntity.values()) {
            for (int i = 0; i < own.count(); i++) {
                matching += condition.holds(own, i) ? 1 : 0;
            }
        }
        return matching;
    }

    /**
     * The largest surprise among the episodes with the smallest ones; −∞ for none of them, +∞ for all.
     *
     * @param episodes number of episodes with the smallest surprises
     * @param condition which episodes count
     */
    float surpriseOfWeakest(int episodes, Condition condition) {
        if (episodes <= 0) {
            return Float.NEGATIVE_INFINITY;
        }
        float[] all = new float[count(condition)];
        int at = 0;
        for (EntityEpisodes own : byEntity.values()) {
            for (int i = 0; i < own.count(); i++) {
                if (condition.holds(own, i)) {
                    all[at++] = own.surprise(i);
                }
            }
        }
        Arrays.sort(all);
        return episodes >= all.length ? Float.POSITIVE_INFINITY : all[episodes - 1];
    }

    /** Whether an episode of the entity contains a time, and a condition holds for it. */
    boolean contains(String entity, long time, Condition condition) {
        @Nullable EntityEpisodes own = byEntity.get(entity);
        if (own == null) {
            return false;
        }
        int episode = own.find(time);
        return episode >= 0 && condition.holds(own, episode);
    }

    /** Whether an episode of the entity contains a time. */
    boolean contains(String entity, long time) {
        return contains(entity, time, (own, episode) -> true);
    }
}
