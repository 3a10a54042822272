package dev.noether.model.feature;

/**
 * The newest rows of one entity, oldest first, in a ring of fixed size. Training, scoring and backtests all cut their
 * windows with it.
 *
 * <p>Rows are kept in order of event time. A row that is older than the newest one is put in its place; {@code slack}
 * rows beyond the window make it likely that the rows before it are still there. Rows of equal time stay in the order in
 * which they came.
 *
 * <p><b>A clock that is set back</b> (local time that repeats an hour) makes the rows of its entity late, and late rows do not
 * enter. Once as many came one after another as a window has rows ({@link #isSetBack}), the rows held are older than their
 * times say: with the next row that enters their times are set back as far as the clock was.
 *
 * <p>Values are raw: the scaling belongs to the model, and models change. Not thread safe; adding allocates nothing.
 */
public final class WindowBuffer {
    private static final int OBJECT_BYTES = 56;
    private static final int ARRAY_HEADER_BYTES = 16;

    private final int windowRows;
    private final int features;
    private final int capacity;
    private final float[] values;
    private final long[] times;
    private int head;
    private int size;
    private int late;
    private long setBackMillis;

    /**
     * Makes an empty buffer.
     *
     * @param windowRows rows of a window, at least 1
     * @param slack further rows kept for rows that come out of order, at least 0
     * @param features values in a row, at least 1
     */
    public WindowBuffer(int windowRows, int slack, int features) {
        if (windowRows < 1 || slack < 0 || features < 1) {
            throw new IllegalArgumentException(
                    "`windowRows` and `features` must be at least 1 and `slack` at least 0 (got " + windowRows + ", "
                            + features + " and " + slack + ")");
        }
        this.windowRows = windowRows;
        this.features = features;
        this.capacity = windowRows + slack;
        this.values = new float[capacity * features];
        this.times = new long[capacity];
    }

    /**
     * Adds a row.
     *
     * @param time its event time
     * @param row its values, at least {@code features} of them from {@code offset} on
     * @param offset where they start
     * @return the row's position, 0 being the oldest row held; -1 where the buffer is full and the row older than all of
     *     it, so that it was left out
     */
    public int add(long time, float[] row, int offset) {
        if (late > 0) {
            age();
        }
        int position = size;
        while (position > 0 && time(position - 1) > time) {
            position--;
        }
        if (size == capacity) {
            if (position == 0) {
                return -1;
            }
            head = (head + 1) % capacity;
            position--;
        } else {
            size++;
        }
        for (int i = size - 1; i > position; i--) {
            move(i - 1, i);
        }
        int slot = slot(position);
        times[slot] = time;
        System.arraycopy(row, offset, values, slot * features, features);
        return position;
    }

    private void age() {
        if (isSetBack()) {
            for (int position = 0; position < size; position++) {
                times[slot(position)] -= setBackMillis;
            }
        }
        setLate(0, 0);
    }

    /**
     * Takes note of a row that came too late to enter.
     *
     * @param time its event time, before that of the newest row
     */
    public void rejectLate(long time) {
        setLate(Math.min(late + 1, windowRows), Math.max(setBackMillis, newestTime() - time));
    }

    /** Whether only late rows came of late, as many as a window has: the clock of this entity was set back. */
    public boolean isSetBack() {
        return late >= windowRows;
    }

    /** How many late rows came since a row entered, at most as many as a window has. */
    public int lateRows() {
        return late;
    }

    /** How far the first of them was behind the newest row, in milliseconds. */
    public long setBackMillis() {
        return setBackMillis;
    }

    /** Restores what {@link #lateRows} and {@link #setBackMillis} said. */
    public void setLate(int lateRows, long millis) {
        late = lateRows;
        setBackMillis = millis;
    }

    /** Forgets all rows. */
    public void clear() {
        setLate(0, 0);
        head = 0;
        size = 0;
    }

    /** The position of the first row of exactly this event time, or -1 where none is held. */
    public int positionOf(long time) {
        for (int position = size - 1; position >= 0; position--) {
            long found = time(position);
            if (found < time) {
                return -1;
            }
            if (found == time && (position == 0 || time(position - 1) < time)) {
                return position;
            }
        }
        return -1;
    }

    /** Whether there are enough rows for a window whose newest row is the one at this position. */
    public boolean windowEndsAt(int position) {
        return position >= windowRows - 1 && position < size;
    }

    /** Event time of the row at a position. */
    public long time(int position) {
        return times[slot(position)];
    }

    /** Event time of the oldest row of the window that ends at a position. */
    public long windowStart(int position) {
        return time(position - windowRows + 1);
    }

    /** The raw value of a feature in the row at a position. */
    public float value(int position, int feature) {
        return values[slot(position) * features + feature];
    }

    /**
     * Whether any of these features has exactly the value of the row before.
     *
     * @param position of the row, at least 1
     * @param chosen the features
     */
    public boolean repeatsAny(int position, int[] chosen) {
        int row = slot(position) * features;
        int before = slot(position - 1) * features;
        boolean any = false;
        for (int feature : chosen) {
            any |= values[row + feature] == values[before + feature];
        }
        return any;
    }

    /** Rows held. */
    public int size() {
        return size;
    }

    /** Rows of a window. */
    public int windowRows() {
        return windowRows;
    }

    /** Rows kept beyond the window. */
    public int slack() {
        return capacity - windowRows;
    }

    /** Values in a row. */
    public int features() {
        return features;
    }

    /** About what a buffer takes in memory, in bytes: object, two arrays and their headers. */
    public static long memoryBytes(int windowRows, int slack, int features) {
        long capacity = (long) windowRows + slack;
        return OBJECT_BYTES + 2 * ARRAY_HEADER_BYTES + capacity * (Long.BYTES + (long) features * Float.BYTES);
    }

    /** Event time of the newest row, or {@link Long#MIN_VALUE} where there is none. */
    public long newestTime() {
        return size == 0 ? Long.MIN_VALUE : time(size - 1);
    }

    /**
     * Writes the scaled window that ends at a position, oldest row first.
     *
     * @param position for which {@link #windowEndsAt} holds
     * @param scaling the model's scaling
     * @param target receives {@code windowRows × features} values
     * @param offset where they start
     */
    public void copyWindow(int position, Scaling scaling, float[] target, int offset) {
        copyRows(position, windowRows, scaling, target, offset);
    }

    /**
     * Writes the scaled rows that end at a position, oldest first.
     *
     * @param position of the newest of them
     * @param count how many, at most {@code position + 1}
     * @param scaling the model's scaling
     * @param target receives {@code count × features} values
     * @param offset where they start
     */
    public void copyRows(int position, int count, Scaling scaling, float[] target, int offset) {
        int at = offset;
        for (int i = position - count + 1; i <= position; i++) {
            scaling.toModel(values, slot(i) * features, target, at);
            at += features;
        }
    }

    /**
     * Writes the raw rows that end at a position, oldest first: in at most two pieces, as they lie in the ring.
     *
     * @param position of the newest of them
     * @param count how many, at most {@code position + 1}
     * @param target receives {@code count × features} values from its beginning on
     */
    public void copyRows(int position, int count, float[] target) {
        int first = slot(position - count + 1);
        int straight = Math.min(count, capacity - first) * features;
        System.arraycopy(values, first * features, target, 0, straight);
        System.arraycopy(values, 0, target, straight, count * features - straight);
    }

    /**
     * Writes the raw row at a position.
     *
     * @param position of the row
     * @param target receives its values
     * @param offset where they start
     */
    public void copyRow(int position, float[] target, int offset) {
        System.arraycopy(values, slot(position) * features, target, offset, features);
    }

    private int slot(int position) {
        int slot = head + position;
        return slot >= capacity ? slot - capacity : slot;
    }

    private void move(int from, int to) {
        int fromSlot = slot(from);
        int toSlot = slot(to);
        times[toSlot] = times[fromSlot];
        System.arraycopy(values, fromSlot * features, values, toSlot * features, features);
    }
}
