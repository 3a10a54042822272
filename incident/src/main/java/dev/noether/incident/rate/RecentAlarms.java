package dev.noether.incident.rate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The alarms that one entity raised recently: two counts that decay exponentially with the period of the budget. At a
 * steady rate each count is the number of alarms in one period. Takes a long and two floats, {@value #BYTES} bytes;
 * only an alarm changes them.
 *
 * <p>Not thread safe; allocates nothing.
 */
public final class RecentAlarms {
    /** Size of the state, bytes. */
    public static final int BYTES = Long.BYTES + 2 * Float.BYTES;

    private static final long NEVER = Long.MIN_VALUE;

    private long newest = NEVER;
    private float windows;
    private float incidents;

    /** Returns whether the newest alarm is newer than an event time. */
    public boolean isNewerThan(long time) {
        return newest > time;
    }

    boolean isEmpty() {
        return newest == NEVER;
    }

    /**
     * Counts an anomalous score. A score that is not newer than the newest one is a repetition or late; it counts no
     * further window.
     *
     * @param time event time of the score, milliseconds
     * @param isNewIncident whether the score opened an incident
     */
    void count(long time, boolean isNewIncident, long periodMillis) {
        if (time > newest) {
            double remaining = remainingShare(time, periodMillis);
            windows = (float) (windows * remaining + 1);
            incidents = (float) (incidents * remaining);
            newest = time;
        }
        if (isNewIncident) {
            incidents++;
        }
    }

    /** Returns the decayed number of anomalous windows. */
    double windows(long now, long periodMillis) {
        return windows * remainingShare(now, periodMillis);
    }

    /** Returns the decayed number of incidents. */
    double incidents(long now, long periodMillis) {
        return incidents * remainingShare(now, periodMillis);
    }

    private double remainingShare(long now, long periodMillis) {
        return isEmpty() || now <= newest ? 1 : Math.exp(-(now - newest) / (double) periodMillis);
    }

    /**
     * Returns the logarithm of {@link #windows} at time 0. It does not change between two alarms, because all counts
     * decay at the same rate. The logarithm at another time is this number less that time in periods.
     */
    double logLevel(long periodMillis) {
        return Math.log(windows) + newest / (double) periodMillis;
    }

    /** Returns an independent copy. */
    public RecentAlarms copy() {
        RecentAlarms copy = new RecentAlarms();
        copy.newest = newest;
        copy.windows = windows;
        copy.incidents = incidents;
        return copy;
    }

    /** Writes the state. */
    public void write(DataOutput target) throws IOException {
        target.writeLong(newest);
        target.writeFloat(windows);
        target.writeFloat(incidents);
    }

    /** Reads the state that {@link #write} wrote. */
    public static RecentAlarms read(DataInput source) throws IOException {
        RecentAlarms alarms = new RecentAlarms();
        alarms.newest = source.readLong();
        alarms.windows = source.readFloat();
        alarms.incidents = source.readFloat();
        return alarms;
    }
}
