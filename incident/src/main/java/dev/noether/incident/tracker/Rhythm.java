package dev.noether.incident.tracker;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How regularly something reports: running mean and mean absolute deviation of the gap between two reports, and the longest
 * gap of late.
 *
 * <p>Something regular is overdue after {@value #GAPS_ALLOWED} of its own gaps; something irregular, after as long as its
 * deviation and its longest gap make unsurprising. Not thread safe; {@link #observe} allocates nothing.
 */
final class Rhythm {
    /** Bytes of its state. */
    static final int BYTES = Long.BYTES + 3 * Float.BYTES + Byte.BYTES;

    /** Before anything was seen. */
    static final long NEVER = Long.MIN_VALUE;

    static final double GAPS_ALLOWED = 2.5;

    /** Fewer gaps say nothing about a rhythm. */
    static final int LEAST_GAPS = 8;

    private static final double DEVIATIONS_ALLOWED = 12;
    private static final double LONGEST_GAPS_ALLOWED = 1.25;
    private static final float RATE = 1 / 32f;
    private static final float FORGETTING = 1 / 4096f;

    private long newest = NEVER;
    private float mean;
    private float deviation;
    private float longest;
    private int gaps;

    /** Event time of the newest report; {@link #NEVER} before the first. */
    long newest() {
        return newest;
    }

    /** The usual gap, milliseconds; 0 before the second report. */
    float mean() {
        return mean;
    }

    /** Whether enough was seen to know a rhythm. */
    boolean isKnown() {
        return gaps >= LEAST_GAPS;
    }

    /**
     * Sees a report. One that is not newer than the newest changes nothing.
     *
     * @param time its event time, milliseconds
     * @param most a longer gap teaches as much as one of this length: silence is not to become the rhythm at once
     */
    void observe(long time, long most) {
        if (time <= newest) {
            return;
        }
        if (newest != NEVER) {
            learn((float) Math.min(time - newest, most));
        }
        newest = time;
    }

    private void learn(float gap) {
        if (gaps < LEAST_GAPS) {
            gaps++;
        }
        // The first gaps are averaged, the later ones fade in.
        float rate = Math.max(RATE, 1f / gaps);
        float difference = gap - mean;
        mean += rate * difference;
        if (gaps > 1) {
            deviation += rate * (Math.abs(difference) - deviation);
        }
        longest = Math.max(gap, longest - FORGETTING * (longest - mean));
    }

    /** The silence that is not surprising yet, milliseconds. */
    long limit() {
        double regular = GAPS_ALLOWED * mean;
        double irregular = Math.max(mean + DEVIATIONS_ALLOWED * deviation, LONGEST_GAPS_ALLOWED * longest);
        return (long) Math.ceil(Math.max(regular, irregular));
    }

    Rhythm copy() {
        Rhythm copy = new Rhythm();
        copy.newest = newest;
        copy.mean = mean;
        copy.deviation = deviation;
        copy.longest = longest;
        copy.gaps = gaps;
        return copy;
    }

    void write(DataOutput target) throws IOException {
        target.writeLong(newest);
        target.writeFloat(mean);
        target.writeFloat(deviation);
        target.writeFloat(longest);
        target.writeByte(gaps);
    }

    static Rhythm read(DataInput source) throws IOException {
        Rhythm rhythm = new Rhythm();
        rhythm.newest = source.readLong();
        rhythm.mean = source.readFloat();
        rhythm.deviation = source.readFloat();
        rhythm.longest = source.readFloat();
        rhythm.gaps = source.readByte();
        return rhythm;
    }
}
