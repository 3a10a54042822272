package dev.noether.incident.tracker;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How many alarms one entity raised of late: two counts that fade with the period of the promise, so that at a steady rate
 * each is the number in one period. A long and two floats, {@value #BYTES} bytes; only an alarm changes them.
 *
 * <p>Not thread safe; allocates nothing.
 */
public final class RecentAlarms {
    /** Bytes of its state. */
    public static final int BYTES = Long.BYTES + 2 * Float.BYTES;

    private long newest = Rhythm.NEVER;
    private float windows;
    private float incidents;

    boolean isEmpty() {
        return newest == Rhythm.NEVER;
    }

    /**
     * Counts an anomalous score. One of the time of the newest or before repeats it or is late, and is no window of its own.
     *
     * @param time its event time, milliseconds
     * @param opens whether it opened an incident
     */
    void count(long time, boolean opens, long periodMillis) {
        if (time > newest) {
            double left = left(time, periodMillis);
            windows = (float) (windows * left + 1);
            incidents = (float) (incidents * left);
            newest = time;
        }
        if (opens) {
            incidents++;
        }
    }

    /** Anomalous windows of late. */
    double windows(long now, long periodMillis) {
        return windows * left(now, periodMillis);
    }

    /** Incidents of late. */
    double incidents(long now, long periodMillis) {
        return incidents * left(now, periodMillis);
    }

    /** What is left of the counts at a time. */
    private double left(long now, long periodMillis) {
        return isEmpty() || now <= newest ? 1 : Math.exp(-(now - newest) / (double) periodMillis);
    }

    /**
     * The logarithm of {@link #windows} at a time is this less that time in periods: a number that stands still between two
     * alarms, while all counts fade alike.
     */
    double standing(long periodMillis) {
        return Math.log(windows) + newest / (double) periodMillis;
    }

    RecentAlarms copy() {
        RecentAlarms copy = new RecentAlarms();
        copy.newest = newest;
        copy.windows = windows;
        copy.incidents = incidents;
        return copy;
    }

    void write(DataOutput target) throws IOException {
        target.writeLong(newest);
        target.writeFloat(windows);
        target.writeFloat(incidents);
    }

    static RecentAlarms read(DataInput source) throws IOException {
        RecentAlarms alarms = new RecentAlarms();
        alarms.newest = source.readLong();
        alarms.windows = source.readFloat();
        alarms.incidents = source.readFloat();
        return alarms;
    }
}
