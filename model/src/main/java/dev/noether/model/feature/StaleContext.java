package dev.noether.model.feature;

import java.time.Duration;

/**
 * Replaces stale context: rows before a long gap in the observations of an entity.
 *
 * <p>During a gap the load of an entity changes, and the rows before it are no context for the rows after it. With such
 * context, the first rows after gaps of an hour raised 5 to 30 times as many alarms as other rows. Leaving them
 * unscored would hide breaks that happened during the gap. Instead, each row before the gap is replaced by the first
 * row after it. Values that do not fit together within that row are detected at once, and later changes as usual.
 *
 * <p>A gap is long if it exceeds the usual duration of the context: its number of rows times the interval between rows.
 * That interval is the usual one of all entities, or the median in this context if that is longer. Not thread safe;
 * allocates nothing per row.
 */
public final class StaleContext {
    private final int rows;
    private final long usualMillis;
    private final long[] gaps;

    /**
     * Makes a replacement for contexts of one length.
     *
     * @param rows rows of a context, the judged row included, at least 1
     * @param interval usual time from a row of an entity to its next, above zero
     */
    public StaleContext(int rows, Duration interval) {
        this.rows = rows;
        this.usualMillis = interval.toMillis();
        this.gaps = new long[Math.max(0, rows - 1)];
    }

    /**
     * Counts the rows of a context before its newest long gap.
     *
     * @param buffer buffer that holds the context
     * @param position position of its newest row
     * @return number of stale rows; 0 if there is no long gap
     */
    public int count(WindowBuffer buffer, int position) {
        int oldest = position - rows + 1;
        if (buffer.time(position) - buffer.time(oldest) <= rows * usualMillis) {
            return 0;
        }
        long limit = rows * Math.max(usualMillis, medianGap(buffer, oldest));
        for (int i = rows - 1; i > 0; i--) {
            if (buffer.time(oldest + i) - buffer.time(oldest + i - 1) > limit) {
                return i;
            }
        }
        return 0;
    }

    private long medianGap(WindowBuffer buffer, int oldest) {
        for (int i = 0; i < gaps.length; i++) {
            long gap = buffer.time(oldest + i + 1) - buffer.time(oldest + i);
            int place = i;
            while (place > 0 && gaps[place - 1] > gap) {
                gaps[place] = gaps[place - 1];
                place--;
            }
            gaps[place] = gap;
        }
        return gaps[(gaps.length - 1) / 2];
    }

    /**
     * Replaces the stale rows of a context by the first row after the gap.
     *
     * @param context array that holds the rows, oldest first
     * @param offset index of the first value of the oldest row
     * @param stale number of stale rows, from {@link #count}
     * @param features values in a row
     */
    public static void fill(float[] context, int offset, int stale, int features) {
        for (int i = 0; i < stale; i++) {
            System.arraycopy(context, offset + stale * features, context, offset + i * features, features);
        }
    }
}
