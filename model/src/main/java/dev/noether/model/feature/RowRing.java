package dev.noether.model.feature;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The newest rows of one entity in order of event time, in a ring of fixed size. Rows with equal times keep the order
 * in which they were added. Not thread safe; adding allocates nothing.
 *
 * <p>Rows come in double precision. The ring holds the difference of each value to the <em>origin</em> of its feature,
 * in single precision: a float next to 2<sup>34</sup> has steps of 1,024, but the difference of two such values is
 * exact. Without origins they are 0.
 */
public class RowRing {
    /** Half a step of a float, as a share of its value. */
    private static final double ROUNDING = 0x1p-24;

    private final int features;
    private final int capacity;
    private final float[] values;
    private final long[] times;
    /** {@code [features]}; null: all are 0. Never changed, so that it may be shared. */
    private double @Nullable [] origin;

    private int head;
    private int size;

    /**
     * Makes an empty ring.
     *
     * @param capacity largest number of rows, at least 1
     * @param features values in a row, at least 1
     */
    RowRing(int capacity, int features) {
        this.features = features;
        this.capacity = capacity;
        this.values = new float[capacity * features];
        this.times = new long[capacity];
    }

    /** Inserts a row in order of time; returns its position, or -1 if the ring is full and all its rows are newer. */
    final int insert(long time, double[] row, int offset) {
        int position = makePlace(time);
        if (position >= 0) {
            int slot = slot(position) * features;
            double[] from = origin;
            for (int j = 0; j < features; j++) {
                values[slot + j] = (float) (from == null ? row[offset + j] : row[offset + j] - from[j]);
            }
        }
        return position;
    }

    /** Inserts a row of values as they are in the ring: less the origin. */
    final int insertStored(long time, float[] row, int offset) {
        int position = makePlace(time);
        if (position >= 0) {
            System.arraycopy(row, offset, values, slot(position) * features, features);
        }
        return position;
    }

    /** Makes place for a row in order of time; returns its position, or -1 if all rows of the full ring are newer. */
    private int makePlace(long time) {
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
        times[slot(position)] = time;
        return position;
    }

    /** The origins, {@code [features]}; null if all are 0. Not a copy. */
    public final double @Nullable [] origin() {
        return origin;
    }

    /**
     * Sets the origins. The rows stay what they are, within the precision of a float's difference to the new origins.
     *
     * @param other {@code [features]}, finite, never changed later; null if all are 0
     */
    public final void setOrigin(double @Nullable [] other) {
        if (other == origin || Arrays.equals(other, origin)) {
            origin = other;
            return;
        }
        moveOrigin(values, capacity, features, origin, other);
        origin = other;
    }

    /** Adds a number to a feature of all rows. */
    public final void shift(int feature, double amount) {
        for (int position = 0; position < size; position++) {
            int index = slot(position) * features + feature;
            values[index] = (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, values[index] + amount));
        }
    }

    /** Sets the origins that the stored rows have, without changing these. */
    public final void restoreOrigin(double @Nullable [] of) {
        origin = of;
    }

    /**
     * Changes the origins of rows. A difference that is within the rounding of a float is 0.
     *
     * @param rows row-major {@code [count, features]}, less the old origins
     * @param from old origins; null if all are 0
     * @param to new origins; null if all are 0
     */
    public static void moveOrigin(
            float[] rows, int count, int features, double @Nullable [] from, double @Nullable [] to) {
        for (int j = 0; j < features; j++) {
            double moved = (from == null ? 0 : from[j]) - (to == null ? 0 : to[j]);
            for (int i = j; i < count * features && moved != 0; i += features) {
                double value = rows[i] + moved;
                rows[i] = Math.abs(value) <= ROUNDING * Math.abs(moved)
                        ? 0
                        : (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value));
            }
        }
    }

    /** Subtracts a duration from the times of all rows. */
    final void shiftBack(long millis) {
        for (int position = 0; position < size; position++) {
            long time = times[slot(position)];
            times[slot(position)] = time < Long.MIN_VALUE + millis ? Long.MIN_VALUE : time - millis;
        }
    }

    /** Removes the rows that are newer than a time. */
    final void removeNewerThan(long time) {
        while (size > 0 && time(size - 1) > time) {
            size--;
        }
    }

    final void removeAll() {
        head = 0;
        size = 0;
    }

    /** The number of rows. */
    public final int size() {
        return size;
    }

    /** The number of values in a row. */
    public final int features() {
        return features;
    }

    final int capacity() {
        return capacity;
    }

    /** Event time of the row at a position; position 0 is the oldest row. */
    public final long time(int position) {
        return times[slot(position)];
    }

    /** Event time of the newest row, or {@link Long#MIN_VALUE} if there is no row. */
    public final long newestTime() {
        return size == 0 ? Long.MIN_VALUE : time(size - 1);
    }

    /** The position of the first row with exactly this event time, or -1 if there is none. */
    public final int positionOf(long time) {
        for (int position = size - 1; position >= 0; position--) {
            long present = time(position);
            if (present < time) {
                return -1;
            }
            if (present == time && (position == 0 || time(position - 1) < time)) {
                return position;
            }
        }
        return -1;
    }

    /** The value of a feature in the row at a position, less the origin of the feature. */
    public final float value(int position, int feature) {
        return values[slot(position) * features + feature];
    }

    /** The raw value of a feature in the row at a position. */
    public final double rawValue(int position, int feature) {
        float value = value(position, feature);
        return origin == null ? value : origin[feature] + value;
    }

    /**
     * Whether any of the given features has exactly the value of the row before.
     *
     * @param position position of the row, at least 1
     * @param chosen indices of the features
     */
    public final boolean repeatsAny(int position, int[] chosen) {
        int row = slot(position) * features;
        int before = slot(position - 1) * features;
        boolean any = false;
        for (int feature : chosen) {
            any |= values[row + feature] == values[before + feature];
        }
        return any;
    }

    /**
     * Copies scaled rows, oldest first.
     *
     * @param position position of the newest of the rows
     * @param count number of rows, at most {@code position + 1}
     * @param scaling the model's scaling; its origins must be those of the ring
     * @param target receives {@code count × features} values
     * @param offset index of the first value in {@code target}
     */
    public final void copyRows(int position, int count, Scaling scaling, float[] target, int offset) {
        int at = offset;
        for (int i = position - count + 1; i <= position; i++) {
            scaling.toModel(values, slot(i) * features, target, at);
            at += features;
        }
    }

    /**
     * Copies rows less the origin, oldest first, in at most two pieces of the ring.
     *
     * @param position position of the newest of the rows
     * @param count number of rows, at most {@code position + 1}
     * @param target receives {@code count × features} values from index 0 on
     */
    public final void copyRows(int position, int count, float[] target) {
        int first = slot(position - count + 1);
        int straight = Math.min(count, capacity - first) * features;
        System.arraycopy(values, first * features, target, 0, straight);
        System.arraycopy(values, 0, target, straight, count * features - straight);
    }

    /**
     * Copies the row at a position, less the origin.
     *
     * @param target receives its values
     * @param offset index of the first value in {@code target}
     */
    public final void copyRow(int position, float[] target, int offset) {
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
