package dev.noether.model.feature;

/**
 * The sliding window of one entity: its newest rows in order of event time. Training, scoring and evaluation cut their
 * windows with it.
 *
 * <p>A row that is older than the newest one is inserted at its place. {@code slack} additional rows make it likely
 * that the rows before it are still in the buffer. Rows with equal times keep the order in which they were added.
 *
 * <p><b>A clock that is set back</b> (local time that repeats an hour) makes the rows of its entity late, and late rows
 * are not added. After as many consecutive late rows as a window has ({@link #isSetBack}), the next row that is added
 * also sets back the times of the present rows, by as much as the clock was set back.
 *
 * <p>Values are raw, because the scaling belongs to the model, and models change. Not thread safe; adding allocates
 * nothing.
 */
public final class WindowBuffer extends RowRing {
    private static final int OBJECT_BYTES = 56;
    private static final int ARRAY_HEADER_BYTES = 16;

    private final int windowRows;
    private int lateRows;
    private long setBackMillis;

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
    public int add(long time, float[] row, int offset) {
        if (lateRows > 0) {
            if (isSetBack()) {
                shiftBack(setBackMillis);
            }
            setLate(0, 0);
        }
        return insert(time, row, offset);
    }

    /**
     * Counts a row that was too late to be added.
     *
     * @param time event time, before that of the newest row
     */
    public void rejectLate(long time) {
        setLate(Math.min(lateRows + 1, windowRows), Math.max(setBackMillis, newestTime() - time));
    }

    /** Whether the clock of the entity was set back: the last rows, as many as a window has, were all late. */
    public boolean isSetBack() {
        return lateRows >= windowRows;
    }

    /** The number of late rows since the last row was added, at most as many as a window has. */
    public int lateRows() {
        return lateRows;
    }

    /** The largest delay of those late rows behind the newest row, in milliseconds. */
    public long setBackMillis() {
        return setBackMillis;
    }

    /** Restores {@link #lateRows} and {@link #setBackMillis}. */
    public void setLate(int rows, long millis) {
        lateRows = rows;
        setBackMillis = millis;
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
