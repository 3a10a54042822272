package dev.noether.flink.retrain;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Episodes of one entity: ranges of event time that do not overlap after {@link #sort}, each with its least probable
 * score and the number of its rows above the threshold. Not thread safe.
 */
final class EntityEpisodes {
    private long[] from = new long[1];
    private long[] to = new long[1];
    private float[] surprise = new float[1];
    private float[] threshold = new float[1];
    private long[] rows = new long[1];
    private int count;

    /** The number of episodes. */
    int count() {
        return count;
    }

    /** Minus the logarithm of the smallest p-value of an episode. */
    float surprise(int episode) {
        return surprise[episode];
    }

    /** The number of rows of an episode above the threshold at its beginning. */
    long rows(int episode) {
        return rows[episode];
    }

    /** The first event time of an episode, with the margin. */
    long from(int episode) {
        return from[episode];
    }

    /** The event time after an episode, with the margin. */
    long to(int episode) {
        return to[episode];
    }

    /**
     * Adds a range; it belongs to the newest episode if the two touch.
     *
     * @param thresholdThen threshold of the score; an episode keeps that of its first range
     * @param rowsThen rows above the threshold in the range
     * @return whether it is a new episode
     */
    boolean add(long start, long end, double surpriseThen, double thresholdThen, long rowsThen) {
        int last = count - 1;
        if (last >= 0 && start <= to[last] && end >= from[last]) {
            from[last] = Math.min(from[last], start);
            to[last] = Math.max(to[last], end);
            surprise[last] = Math.max(surprise[last], (float) surpriseThen);
            rows[last] += rowsThen;
            return false;
        }
        if (count == from.length) {
            from = Arrays.copyOf(from, 2 * count);
            to = Arrays.copyOf(to, 2 * count);
            surprise = Arrays.copyOf(surprise, 2 * count);
            threshold = Arrays.copyOf(threshold, 2 * count);
            rows = Arrays.copyOf(rows, 2 * count);
        }
        from[count] = start;
        to[count] = end;
        surprise[count] = (float) surpriseThen;
        threshold[count] = (float) thresholdThen;
        rows[count] = rowsThen;
        count++;
        return true;
    }

    /**
     * Lengthens the newest episode if a time lies in it and a score is above the threshold at the beginning of the
     * episode. The threshold of an entity rises after an alarm, so the later rows of a long incident are not anomalous.
     */
    void extend(long time, double score, long margin) {
        int last = count - 1;
        if (last >= 0 && time >= from[last] && time < to[last] && score > threshold[last]) {
            to[last] = Math.max(to[last], time + margin + 1);
            rows[last]++;
        }
    }

    /** Sorts the episodes and joins those that overlap, so that {@link #find} works. */
    void sort() {
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingLong(i -> from[i]));
        EntityEpisodes sorted = new EntityEpisodes();
        for (int i : order) {
            sorted.add(from[i], to[i], surprise[i], threshold[i], rows[i]);
        }
        from = sorted.from;
        to = sorted.to;
        surprise = sorted.surprise;
        threshold = sorted.threshold;
        rows = sorted.rows;
        count = sorted.count;
    }

    /** The episode that contains a time; -1 if there is none. */
    int find(long time) {
        int low = Arrays.binarySearch(from, 0, count, time);
        int episode = low >= 0 ? low : -low - 2;
        return episode >= 0 && time < to[episode] ? episode : -1;
    }
}
