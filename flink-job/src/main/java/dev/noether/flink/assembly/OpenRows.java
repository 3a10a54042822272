package dev.noether.flink.assembly;

import java.util.ArrayDeque;

/**
 * The number of open intervals in a subtask, its limit, and closed ones that are used again. Not thread safe.
 */
final class OpenRows {
    /** Open intervals that a subtask may always have: a catch-up on a small fleet reads far ahead in one partition. */
    private static final int MOST_ALWAYS = 1 << 16;

    /** Open intervals of one entity at most. */
    static final int MOST_OF_ENTITY = MOST_ALWAYS;

    /** Open intervals of each possible entity. */
    private static final int MOST_OF_EACH = 16;

    private static final int MOST_SPARE = 1 << 10;

    /** Room for readings in a closed interval that is used again: the arrays of a large one would never be freed. */
    private static final int MOST_SPARE_READINGS = 1 << 10;

    private final int features;
    private final long most;
    private final ArrayDeque<OpenRow> spare = new ArrayDeque<>();
    private long count;

    /**
     * Makes the count of a subtask without open intervals.
     *
     * @param features number of features
     * @param entities number of entities of the subtask at most
     */
    OpenRows(int features, int entities) {
        this.features = features;
        most = Math.max(MOST_ALWAYS, (long) MOST_OF_EACH * entities);
    }

    /** Opens an interval. */
    OpenRow open(long interval, long now) {
        count++;
        OpenRow row = spare.poll();
        if (row == null) {
            row = new OpenRow(features);
        }
        row.open(interval, now);
        return row;
    }

    /** Takes back an interval that no state holds any more. */
    void close(OpenRow row) {
        count--;
        if (spare.size() < MOST_SPARE && row.samples().room() <= MOST_SPARE_READINGS) {
            spare.add(row);
        }
    }

    /** Counts the open intervals of a state that was restored, or that goes. */
    void count(int intervals) {
        count += intervals;
    }

    /** Whether an entity must close an interval before it opens another one. */
    boolean isFullFor(EntityRows rows) {
        return rows.size() >= MOST_OF_ENTITY || (count >= most && rows.size() > 0);
    }

    long count() {
        return count;
    }
}
