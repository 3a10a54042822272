package dev.noether.incident.silence;

import dev.noether.incident.clock.SourceClock;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Detects pauses of the whole source, during which no single entity counts as silent. Follows the newest event time of
 * all entities; a jump far beyond their common rhythm may be a pause.
 *
 * <p>A jump is first suspected. It is a pause when the {@link SourceClock} confirms it, because a quarter of the
 * entities are past it. It was the wrong clock of one entity when others report times from before its end. A suspected
 * pause excuses a silence for the time being only.
 *
 * <p>With few entities the silence of one looks like a pause of the source, so no pause is detected then. Stores the
 * newest pause only. Not thread safe; {@link #observe} allocates nothing.
 */
final class SourcePauses {
    /** With fewer entities, a pause of the source cannot be distinguished from the silence of one of them. */
    static final int MIN_ENTITIES = 8;

    /** Size of the state, bytes. */
    static final int BYTES = 7 * Long.BYTES + ReportingRhythm.BYTES;

    /** Reports within this time belong to one burst, milliseconds. */
    private static final long STEP_MILLIS = 1_000;

    /** The newest time counts as wrong when it is ahead of the source by more than this, milliseconds. */
    private static final long LONGEST_LEAD_MILLIS = 600_000;

    private static final int REPORTS_BETWEEN_CORRECTIONS = 64;

    private final long shortestPauseMillis;
    private final SourceClock clock = new SourceClock();
    private final Pause pause = new Pause();
    private final Pause suspected = new Pause();
    private ReportingRhythm rhythm = new ReportingRhythm();
    private long newest = ReportingRhythm.NEVER;
    private boolean isRestored;
    private int reports;

    /** A pause; without one, each time is {@link ReportingRhythm#NEVER}. */
    private static final class Pause {
        /** Newest event time before the pause. */
        private long start = ReportingRhythm.NEVER;
        /** Event time that the source had reached before the pause: at most the start. */
        private long reached = ReportingRhythm.NEVER;
        /** First event time after the pause. */
        private long end = ReportingRhythm.NEVER;

        void set(long newStart, long newReached, long newEnd) {
            start = newStart;
            reached = newReached;
            end = newEnd;
        }

        boolean isNone() {
            return end == ReportingRhythm.NEVER;
        }

        boolean excuses(long lastReport, long deadline) {
            return !isNone() && lastReport <= start && deadline > reached;
        }

        void write(DataOutput target) throws IOException {
            target.writeLong(start);
            target.writeLong(reached);
            target.writeLong(end);
        }

        void read(DataInput source) throws IOException {
            set(source.readLong(), source.readLong(), source.readLong());
        }
    }

    SourcePauses(long shortestPauseMillis) {
        this.shortestPauseMillis = shortestPauseMillis;
    }

    /** Returns the newest event time of all entities; a time that no other entity confirms does not count for long. */
    long newest() {
        return newest;
    }

    /** Adds an entity of a checkpoint, with the event time of its newest report. */
    void restored(String entity, long time) {
        clock.observe(entity, time);
        newest = Math.max(newest, time);
        isRestored = true;
    }

    /** Adds a report of any entity. */
    void observe(String entity, long time, int entities) {
        clock.observe(entity, time);
        correctNewest();
        if (time > newest) {
            advance(time, entities);
        }
        if (!suspected.isNone()) {
            judgeSuspected();
        }
    }

    /** A clock that is wrong from the first report on would otherwise hide all pauses until its time comes. */
    private void correctNewest() {
        reports++;
        if (reports % REPORTS_BETWEEN_CORRECTIONS != 0) {
            return;
        }
        if (clock.lead(newest, Math.max(LONGEST_LEAD_MILLIS, 10 * limitMillis())) > 0) {
            newest = clock.time();
            rhythm.setBackTo(newest);
            suspected.set(ReportingRhythm.NEVER, ReportingRhythm.NEVER, ReportingRhythm.NEVER);
        }
    }

    private long limitMillis() {
        return Math.max(shortestPauseMillis, rhythm.gapLimitMillis());
    }

    private void advance(long time, int entities) {
        if (newest == ReportingRhythm.NEVER) {
            newest = time;
            rhythm.observe(time, Long.MAX_VALUE);
            return;
        }
        boolean isRhythmKnown = rhythm.isKnown() || isRestored;
        if (entities >= MIN_ENTITIES && isRhythmKnown && time - newest > limitMillis()) {
            if (suspected.isNone()) {
                long reached = clock.time();
                suspected.set(newest, reached == SourceClock.UNKNOWN ? newest : Math.min(newest, reached), time);
            }
            return;
        }
        if (time - rhythm.newest() >= STEP_MILLIS) {
            rhythm.observe(time, limitMillis());
        }
        newest = time;
    }

    private void judgeSuspected() {
        long reached = clock.time();
        if (reached == SourceClock.UNKNOWN || reached <= suspected.start + STEP_MILLIS) {
            return;
        }
        if (reached >= suspected.end - limitMillis()) {
            pause.set(suspected.start, suspected.reached, suspected.end);
            newest = Math.max(newest, reached);
            rhythm.observe(newest, limitMillis());
        }
        suspected.set(ReportingRhythm.NEVER, ReportingRhythm.NEVER, ReportingRhythm.NEVER);
    }

    /**
     * Postpones a deadline by the length of a pause that began before it.
     *
     * @param lastReport event time of the entity's newest report
     * @param deadline the deadline without regard to pauses
     */
    long postpone(long lastReport, long deadline) {
        return pause.excuses(lastReport, deadline) ? deadline + (pause.end - pause.start) : deadline;
    }

    /** Returns whether a suspected pause excuses a silence for the time being; see {@link #postpone}. */
    boolean mayBePaused(long lastReport, long deadline) {
        return suspected.excuses(lastReport, deadline);
    }

    /** Writes the state, {@value #BYTES} bytes. */
    void write(DataOutput target) throws IOException {
        target.writeLong(newest);
        pause.write(target);
        suspected.write(target);
        rhythm.write(target);
    }

    /** Reads the state that {@link #write} wrote, unless the present one is newer. */
    void read(DataInput source) throws IOException {
        SourcePauses other = new SourcePauses(shortestPauseMillis);
        other.newest = source.readLong();
        other.pause.read(source);
        other.suspected.read(source);
        other.rhythm = ReportingRhythm.read(source);
        if (other.newest == ReportingRhythm.NEVER) {
            return;
        }
        isRestored = true;
        if (other.pause.end > pause.end) {
            pause.set(other.pause.start, other.pause.reached, other.pause.end);
        }
        if (other.suspected.end > suspected.end) {
            suspected.set(other.suspected.start, other.suspected.reached, other.suspected.end);
        }
        if (other.newest > newest) {
            newest = other.newest;
            rhythm = other.rhythm;
        }
    }
}
