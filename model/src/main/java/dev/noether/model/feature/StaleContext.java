package dev.noether.model.feature;

import java.time.Duration;

/**
 * Tells which rows before a row still say something about it, and puts others in the place of those that do not.
 *
 * <p>Behind a silence the load of an entity has moved on, and rows from before are no context: bridged, the first rows behind
 * gaps of an hour raised 5 to 30 times the alarms of others. They are not left unscored either, which would hide what broke
 * meanwhile: in the place of the rows before the silence stands the first one behind it, as if the entity had been there
 * all the while. What does not fit together within the row is seen at once, and a change from then on as usual.
 *
 * <p>A silence is a gap longer than the context usually spans: as many intervals as it has rows, of the interval of all
 * entities or of the entity's own if that is longer (the median within the context). Not thread safe; nothing is allocated
 * per row.
 */
public final class StaleContext {
    private final int rows;
    private final long usualMillis;
    private final long[] gaps;

    /**
     * Makes one for contexts of one length.
     *
     * @param rows of the context, the judged one among them, at least 1
     * @param interval from a row of an entity to its next, above zero
     */
    public StaleContext(int rows, Duration interval) {
        this.rows = rows;
        this.usualMillis = interval.toMillis();
        this.gaps = new long[Math.max(0, rows - 1)];
    }

    /**
     * Counts the rows of a context that lie before the newest silence in it.
     *
     * @param buffer holds the context
     * @param position of its newest row
     * @return 0 where there was none
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
     * Puts the first row behind a silence in the place of those before it.
     *
     * @param context holds the rows, oldest first
     * @param offset where they start
     * @param stale as {@link #count} gave it
     * @param features values in a row
     */
    public static void fill(float[] context, int offset, int stale, int features) {
        for (int i = 0; i < stale; i++) {
            System.arraycopy(context, offset + stale * features, context, offset + i * features, features);
        }
    }
}
