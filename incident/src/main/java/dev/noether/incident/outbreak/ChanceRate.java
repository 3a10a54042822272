package dev.noether.incident.outbreak;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The number of incidents that open in one interval by chance: an exponential average over about
 * {@value #MEMORY_INTERVALS} intervals. Not thread safe.
 */
final class ChanceRate {
    private static final double MEMORY_INTERVALS = 100;
    private static final double DEVIATIONS = 6;

    private final long intervalMillis;
    private double incidents;
    private long newest = Long.MIN_VALUE;
    private long first = Long.MAX_VALUE;

    ChanceRate(long intervalMillis) {
        this.intervalMillis = intervalMillis;
    }

    /** Adds incidents that opened at an event time. */
    void add(long onset, double count) {
        incidents = decayed(onset) + count;
        first = Math.min(first, onset);
        newest = Math.max(newest, onset);
    }

    /**
     * Returns the number of incidents in an interval that is too large for chance: mean plus six standard deviations.
     */
    double limit(long onset) {
        double intervals = first >= onset ? 0 : (double) (onset - first) / intervalMillis;
        double observedIntervals = MEMORY_INTERVALS * -Math.expm1(-Math.max(1, intervals) / MEMORY_INTERVALS);
        double mean = decayed(onset) / observedIntervals;
        return 1 + mean + DEVIATIONS * Math.sqrt(mean);
    }

    private double decayed(long time) {
        if (newest == Long.MIN_VALUE || time <= newest) {
            return incidents;
        }
        return incidents * Math.exp(-(time - newest) / (MEMORY_INTERVALS * intervalMillis));
    }

    void write(DataOutput target) throws IOException {
        target.writeDouble(incidents);
        target.writeLong(newest);
        target.writeLong(first);
    }

    /** Replaces the state by the one that {@link #write} wrote. */
    void read(DataInput source) throws IOException {
        incidents = source.readDouble();
        newest = source.readLong();
        first = source.readLong();
    }
}
