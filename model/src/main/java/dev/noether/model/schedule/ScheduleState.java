package dev.noether.model.schedule;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The part of the newest row of an entity that belongs to a job, in the units of the features. It tells whether the job
 * runs. Empty outside of the times of jobs, and then nothing of it is stored. Not thread safe.
 */
public final class ScheduleState {
    private static final int MOST_FEATURES = 1 << 20;

    private long time = Long.MIN_VALUE;
    private float[] amounts = {};

    /** Makes an empty state. */
    public ScheduleState() {}

    /** Whether it is not the time of a job. */
    public boolean isEmpty() {
        return time == Long.MIN_VALUE;
    }

    /** Event time of the row; {@link Long#MIN_VALUE} if the state is empty. */
    long time() {
        return time;
    }

    float amount(int feature) {
        return amounts[feature];
    }

    boolean isOf(long rowTime, int features) {
        return time == rowTime && time != Long.MIN_VALUE && amounts.length == features;
    }

    void clear() {
        time = Long.MIN_VALUE;
    }

    /** Copies the amounts of a row. Allocates only at the first row. */
    void set(long rowTime, float[] from, int offset, int features) {
        if (amounts.length != features) {
            amounts = new float[features];
        }
        time = rowTime;
        System.arraycopy(from, offset, amounts, 0, features);
    }

    /** Makes an independent copy. */
    public ScheduleState copy() {
        ScheduleState copy = new ScheduleState();
        copy.time = time;
        copy.amounts = amounts.clone();
        return copy;
    }

    /** Writes the state. */
    public void write(DataOutput target) throws IOException {
        target.writeLong(time);
        int count = isEmpty() ? 0 : amounts.length;
        target.writeInt(count);
        for (int j = 0; j < count; j++) {
            target.writeFloat(amounts[j]);
        }
    }

    /**
     * Reads a state.
     *
     * @throws IOException if the bytes are damaged
     */
    public static ScheduleState read(DataInput source) throws IOException {
        ScheduleState state = new ScheduleState();
        state.time = source.readLong();
        int count = source.readInt();
        if (count < 0 || count > MOST_FEATURES) {
            throw new IOException("the state is damaged: a schedule has " + count + " features");
        }
        state.amounts = new float[count];
        for (int j = 0; j < count; j++) {
            state.amounts[j] = source.readFloat();
        }
        return state;
    }
}
