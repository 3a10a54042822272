package dev.noether.model.feature;

/**
 * The sliding window of one entity: its newest rows in order of event time. Training, scoring and evaluation cut their
 * windows with it.
 *
 * <p>A row that is older than the newest one is inserted at its place. {@code slack} additional rows make it likely
 * that the rows before it are still in the buffer. Rows with equal times keep the order in which they were added.
 *
 * <p><b>A wrong clock.</b> Rows that are far older than the newest row of their entity are late, and late rows are not
 * added. If the newest row itself has a wrong time, all others are late. {@link #rejectLate} recognises this by a run of
 * late rows, each newer than the one before, without any other row between them ({@link #isSetBack}). A run of {@value
 * #ROWS_IN_A_GAP} rows is enough if they are newer than a row of the buffer and are not in it: rows of these times never came before.
 * Otherwise the rows may be a repetition of old ones, so the run must have {@value #ROWS_OF_OLD_TIMES}. The caller then
 * calls {@link #setBackTo} and adds the row.
 *
 * <p>Values are not scaled, because the scaling belongs to the model, and models change. Not thread safe; adding
 * allocates nothing.
 */
public final class WindowBuffer extends RowRing {
    /** Late rows after which the clock counts as set back, if rows of their times never came before. */
    static final int ROWS_IN_A_GAP = 3;

    /** Late rows after which the clock counts as set back, if their times may have come before. */
    static final int ROWS_OF_OLD_TIMES = 32;

    /** A hundred years, so that the gap of a run of late rows fits into a long. */
    private static final long MOST_GAP_MILLIS = 3_155_760_000_000L;

    private static final int OBJECT_BYTES = 56;
    private static final int ARRAY_HEADER_BYTES = 16;

    private final int windowRows;
    private int lateRows;
    private long lateMillis;

    /**
     * Makes an empty buffer.
     *
     * @param windowRows rows of a window, at least 1
     * @param slack number of additional rows for rows that arrive out of order, at least 0
     * @param features values in a row, at least 1
     */
    public WindowBuffer(int windowRows, int slack, int features) {
        super(capacity(windowRows, slack, features), features);
        this.windowRows = windowRows;
    }

    private static int capacity(int windowRows, int slack, int features) {
        if (windowRows < 1 || slack < 0 || features < 1) {
            throw new IllegalArgumentException(
                    "`windowRows` and `features` must be at least 1 and `slack` at least 0 (got " + windowRows + ", "
                            + features + " and " + slack + ")");
        }
        return windowRows + slack;
    }

    /** Approximate size of a buffer in memory, in bytes: object, two arrays and their headers. */
    public static long memoryBytes(int windowRows, int slack, int features) {
        long capacity = (long) windowRows + slack;
        return OBJECT_BYTES + 2 * ARRAY_HEADER_BYTES + capacity * (Long.BYTES + (long) features * Float.BYTES);
    }

    /**
     * Adds a row.
     *
     * @param time event time
     * @param row array with the values of the row
     * @param offset index of its first value
     * @return position of the row, where 0 is the oldest row; -1 if the buffer is full and all its rows are newer, so
     *     that the row was not added
     */
    public int add(long time, double[] row, int offset) {
        if (lateRows > 0) {
            setLate(0, 0);
        }
        return insert(time, row, offset);
    }

    /**
     * Adds a row as {@link #add} does, of values as the buffer holds them: less the {@link #origin}. These are the raw
     * values if there is no origin.
     */
    public int addStored(long time, float[] row, int offset) {
        if (lateRows > 0) {
            setLate(0, 0);
        }
        return insertStored(time, row, offset);
    }

    /**
     * Counts a row that is too late to be added. A row that is not newer than the late row before it begins a new run.
     *
     * @param time event time, before that of the newest row
     */
    public void rejectLate(long time) {
        long delay = delay(time);
        setLate(lateRows > 0 && delay < lateMillis ? Math.min(lateRows + 1, ROWS_OF_OLD_TIMES) : 1, delay);
    }

    private long delay(long time) {
        long newest = newestTime();
        // The difference of two times of opposite signs may be too large for a long.
        return newest >= 0 && time < newest - Long.MAX_VALUE ? Long.MAX_VALUE : newest - time;
    }

    /** Whether the newest row of the buffer has a wrong time: the last late rows show that the clock was set back. */
    public boolean isSetBack() {
        return lateRows >= ROWS_OF_OLD_TIMES
                || (lateRows >= ROWS_IN_A_GAP && size() > 0 && isInGap(newestTime() - lateMillis));
    }

    private boolean isInGap(long time) {
        return time > time(0) && positionOf(time) < 0;
    }

    /**
     * Makes room for a row of an earlier time, because the time of the newest row is wrong. Removes the rows that are
     * newer. If that would be all rows, their times are set back instead: it was the clock, not the order, that was
     * wrong.
     *
     * @param time event time of the row that is added next
     */
    public void setBackTo(long time) {
        int missed = lateRows;
        setLate(0, 0);
        if (size() > 0 && time(0) < time) {
            removeNewerThan(time);
        } else if (size() > 0) {
            // The late rows are missing between the present rows and the next one.
            long gap = Math.max(1, missed * meanGap());
            long delay = delay(time);
            shiftBack(delay > Long.MAX_VALUE - gap ? Long.MAX_VALUE : delay + gap);
        }
    }

    private long meanGap() {
        // Zero for times so far apart that they cannot both be times of rows.
        return size() == 1 ? 0 : Math.max(0, newestTime() - time(0)) / (size() - 1) % MOST_GAP_MILLIS;
    }

    /** The number of late rows in the present run, at most {@value #ROWS_OF_OLD_TIMES}. */
    public int lateRows() {
        return lateRows;
    }

    /** How much older than the newest row the last of these late rows is, in milliseconds. */
    public long lateMillis() {
        return lateMillis;
    }

    /** Restores {@link #lateRows} and {@link #lateMillis}. */
    public void setLate(int rows, long millis) {
        lateRows = rows;
        lateMillis = millis;
    }

    /** Removes all rows. */
    public void clear() {
        setLate(0, 0);
        removeAll();
    }

    /** Whether there are enough rows for a window whose newest row is at this position. */
    public boolean windowEndsAt(int position) {
        return position >= windowRows - 1 && position < size();
    }

    /** Event time of the oldest row of the window that ends at a position. */
    public long windowStart(int position) {
        return time(position - windowRows + 1);
    }

    /** The number of rows of a window. */
    public int windowRows() {
        return windowRows;
    }

    /** The number of additional rows. */
    public int slack() {
        return capacity() - windowRows;
    }

    /**
     * Copies the scaled window that ends at a position, oldest row first.
     *
     * @param position position for which {@link #windowEndsAt} is true
     * @param scaling the model's scaling
     * @param target receives {@code windowRows × features} values
     * @param offset index of the first value in {@code target}
     */
    public void copyWindow(int position, Scaling scaling, float[] target, int offset) {
        copyRows(position, windowRows, scaling, target, offset);
    }
}
