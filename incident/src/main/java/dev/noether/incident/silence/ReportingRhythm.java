package dev.noether.incident.silence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The reporting rhythm of an entity or of the whole source: running mean and mean absolute deviation of the gap between
 * two reports, and the longest recent gap.
 *
 * <p>A regular reporter is overdue after {@value #GAPS_ALLOWED} of its usual gaps. An irregular one is overdue when the
 * gap is too long for its deviation and its longest recent gap. Not thread safe; {@link #observe} allocates nothing.
 */
public final class ReportingRhythm {
    /** Size of the state, bytes. */
    public static final int BYTES = Long.BYTES + 3 * Float.BYTES + Byte.BYTES;

    /** Event time of the newest report before the first one. */
    public static final long NEVER = Long.MIN_VALUE;

    static final double GAPS_ALLOWED = 2.5;

    /** Number of gaps after which the rhythm is known. */
    static final int MIN_GAPS = 8;

    /** Number of gaps that count equally. Then the learning rate is constant. */
    private static final int EQUAL_GAPS = 32;

    private static final double DEVIATIONS_ALLOWED = 12;
    private static final double LONGEST_GAPS_ALLOWED = 1.25;
    private static final float LEARNING_RATE = 1f / EQUAL_GAPS;
    private static final float LONGEST_GAP_DECAY = 1 / 4096f;

    private long newest = NEVER;
    private float mean;
    private float deviation;
    private float longest;
    private int gaps;

    /** Returns the event time of the newest report; {@link #NEVER} before the first. */
    public long newest() {
        return newest;
    }

    /** Returns the usual gap, milliseconds; 0 before the second report. */
    public float usualGapMillis() {
        return mean;
    }

    /** Returns whether there were enough reports to know the rhythm. */
    public boolean isKnown() {
        return gaps >= MIN_GAPS;
    }

    /** Returns whether there were at least {@value #EQUAL_GAPS} gaps. */
    boolean isSettled() {
        return gaps == EQUAL_GAPS;
    }

    /**
     * Adds a report. A report that is not newer than the newest one changes nothing.
     *
     * @param time event time of the report, milliseconds
     * @param longestGapMillis a longer gap counts as one of this length, so that one silence does not change the rhythm
     */
    void observe(long time, long longestGapMillis) {
        if (time <= newest) {
            return;
        }
        if (newest != NEVER) {
            addGap((float) Math.min(time - newest, longestGapMillis));
        }
        newest = time;
    }

    private void addGap(float gap) {
        if (gaps < EQUAL_GAPS) {
            gaps++;
        }
        // The first gaps count equally; then the mean is exponential.
        float rate = Math.max(LEARNING_RATE, 1f / gaps);
        float difference = gap - mean;
        mean += rate * difference;
        if (gaps > 1) {
            deviation += rate * (Math.abs(difference) - deviation);
        }
        longest = Math.max(gap, longest - LONGEST_GAP_DECAY * (longest - mean));
    }

    /** Sets back the newest report, because its time was wrong. */
    public void setBackTo(long time) {
        newest = Math.min(newest, time);
    }

    /** Returns the longest gap that is not yet surprising, milliseconds. */
    long gapLimitMillis() {
        double regular = GAPS_ALLOWED * mean;
        double irregular = Math.max(mean + DEVIATIONS_ALLOWED * deviation, LONGEST_GAPS_ALLOWED * longest);
        return (long) Math.ceil(Math.max(regular, irregular));
    }

    /** Returns an independent copy. */
    public ReportingRhythm copy() {
        ReportingRhythm copy = new ReportingRhythm();
        copy.newest = newest;
        copy.mean = mean;
        copy.deviation = deviation;
        copy.longest = longest;
        copy.gaps = gaps;
        return copy;
    }

    /** Writes the state. */
    public void write(DataOutput target) throws IOException {
        target.writeLong(newest);
        target.writeFloat(mean);
        target.writeFloat(deviation);
        target.writeFloat(longest);
        target.writeByte(gaps);
    }

    /** Reads the state that {@link #write} wrote. */
    public static ReportingRhythm read(DataInput source) throws IOException {
        ReportingRhythm rhythm = new ReportingRhythm();
        rhythm.newest = source.readLong();
        rhythm.mean = source.readFloat();
        rhythm.deviation = source.readFloat();
        rhythm.longest = source.readFloat();
        rhythm.gaps = source.readByte();
        return rhythm;
    }
}
