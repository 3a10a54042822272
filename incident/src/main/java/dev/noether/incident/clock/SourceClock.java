package dev.noether.incident.clock;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The event time that a source has reached, although the clocks of some of its entities are wrong. A time counts as
 * reached when a quarter of the reporting entities have reached it, and at least two of three or more. So one entity
 * cannot advance the clock, and up to a quarter may run ahead. With one or two entities it is the newest time; a cautious
 * clock takes the earlier one of two that differ by more than their usual intervals, because one of them is wrong.
 *
 * <p>The clock follows a sample of at most {@value #CAPACITY} entities. An entity that stopped reporting does not count:
 * it is left out when the others have gone on, by their own clocks, for {@value #GAPS_ALLOWED} of its usual intervals.
 * Everything depends on the order of the reports alone, not on when they arrive: a replay at any speed gives the same
 * times. Not thread safe; {@link #observe} allocates nothing.
 */
public final class SourceClock {
    /** The time before enough reports came. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    /** Largest number of entities in the sample. */
    static final int CAPACITY = 128;

    /** Number of entities below which the clock cannot tell which of them is wrong. */
    static final int LEAST_WITNESSES = 4;

    private static final int GAPS_ALLOWED = 4;
    private static final long SLACK_MILLIS = 1_000;
    private static final int REPORTS_TO_BEGIN = 3;
    private static final int SLOTS = 4 * CAPACITY;
    private static final int MOST_MISSES = 4 * CAPACITY;
    private static final int GAPS_UNTIL_REPLACED = 32;
    private static final int MISSES_BETWEEN_SEARCHES = 64;
    private static final float LEARNING_RATE = 1 / 8f;
    private static final float TYPICAL_RATE = 1 / 64f;

    private final boolean isCautious;
    private final SampledEntities entities = new SampledEntities(CAPACITY, SLOTS);
    private final long[] lastTimes = new long[CAPACITY];
    private final float[] usualGaps = new float[CAPACITY];
    /** How far the source had gone on when the entity reported last, milliseconds. */
    private final long[] seenAt = new long[CAPACITY];
    /** How far the source has gone on by the clock of this entity alone. */
    private final long[] progress = new long[CAPACITY];

    private final int[] reports = new int[CAPACITY];
    private final long[] sorted = new long[CAPACITY];

    /** How far the source has gone on by the entity that got furthest; a jump of its clock does not count. */
    private long elapsed;

    private float typicalGap;
    private int misses;
    private long observed;
    private boolean isBegun;
    private boolean isOutdated = true;
    private long time = UNKNOWN;
    private int witnesses;

    /** Makes a clock that with two entities is at the newest time. */
    public SourceClock() {
        this(false);
    }

    private SourceClock(boolean isCautious) {
        this.isCautious = isCautious;
    }

    /** Makes a clock that is at the earlier time of two entities whose clocks contradict each other. */
    public static SourceClock cautious() {
        return new SourceClock(true);
    }

    /**
     * Adds a report of an entity.
     *
     * @param entity the entity's name
     * @param reported its event time, milliseconds
     */
    public void observe(String entity, long reported) {
        observed++;
        isBegun |= observed > MOST_MISSES;
        int index = entities.find(entity);
        if (index < 0) {
            admit(entity, reported);
            return;
        }
        misses = 0;
        isOutdated = true;
        long gap = reported - lastTimes[index];
        lastTimes[index] = reported;
        if (gap > 0) {
            advance(index, gap);
        }
        seenAt[index] = elapsed;
        reports[index]++;
        isBegun |= reports[index] >= REPORTS_TO_BEGIN;
    }

    private void advance(int index, long gap) {
        float usual = usualGaps[index];
        float longest = usual == 0 ? 0 : GAPS_ALLOWED * usual + SLACK_MILLIS;
        if (gap > longest) {
            // The first gap, a silence, or a jump of the clock.
            progress[index] = elapsed;
            usualGaps[index] = usual == 0 ? gap : usual + LEARNING_RATE * (longest - usual);
            return;
        }
        progress[index] += gap;
        elapsed = Math.max(elapsed, progress[index]);
        usualGaps[index] = usual + LEARNING_RATE * (gap - usual);
        typicalGap = typicalGap == 0 ? gap : typicalGap + TYPICAL_RATE * (gap - typicalGap);
    }

    private void admit(String entity, long reported) {
        if (entities.size() == CAPACITY) {
            misses++;
            if (misses > MOST_MISSES) {
                // None of the sample reports any more.
                clear();
            } else if (misses % MISSES_BETWEEN_SEARCHES != 1 || !replaceOne()) {
                return;
            }
        }
        int index = entities.add(entity);
        isOutdated = true;
        lastTimes[index] = reported;
        usualGaps[index] = 0;
        seenAt[index] = elapsed;
        progress[index] = elapsed;
        reports[index] = 1;
    }

    private boolean replaceOne() {
        for (int i = 0; i < CAPACITY; i++) {
            if (elapsed - seenAt[i] > (long) (GAPS_UNTIL_REPLACED * gap(i)) + SLACK_MILLIS) {
                moveLastTo(i);
                return true;
            }
        }
        return false;
    }

    private void moveLastTo(int index) {
        int last = entities.size() - 1;
        entities.remove(index);
        lastTimes[index] = lastTimes[last];
        usualGaps[index] = usualGaps[last];
        seenAt[index] = seenAt[last];
        progress[index] = progress[last];
        reports[index] = reports[last];
    }

    private void clear() {
        entities.clear();
        elapsed = 0;
        typicalGap = 0;
        misses = 0;
    }

    private float gap(int index) {
        return usualGaps[index] == 0 ? typicalGap : usualGaps[index];
    }

    private boolean isReporting(int index) {
        float gap = gap(index);
        return gap == 0 || elapsed - seenAt[index] <= (long) (GAPS_ALLOWED * gap) + SLACK_MILLIS;
    }

    /** Returns the number of entities in the sample, at most {@value #CAPACITY}. */
    public int sampled() {
        return entities.size();
    }

    /**
     * Returns the event time that the source has reached, milliseconds; {@link #UNKNOWN} before an entity has reported
     * three times. It may fall by a little when entities begin or stop to report.
     */
    public long time() {
        if (isOutdated && isBegun) {
            int count = 0;
            for (int i = 0; i < entities.size(); i++) {
                if (isReporting(i)) {
                    sorted[count++] = lastTimes[i];
                }
            }
            witnesses = count;
            if (count > 0) {
                Arrays.sort(sorted, 0, count);
                time = count == 2 && isCautious && isContradiction() ? sorted[0] : sorted[count - rank(count)];
            }
            isOutdated = false;
        }
        return time;
    }

    /** Whether the earlier one of two reporting entities is further behind than its usual intervals explain. */
    private boolean isContradiction() {
        for (int i = 0; i < entities.size(); i++) {
            if (isReporting(i) && lastTimes[i] == sorted[0]) {
                return sorted[1] - sorted[0] > (long) (GAPS_ALLOWED * gap(i)) + SLACK_MILLIS;
            }
        }
        return false;
    }

    /** Number of entities that the last {@link #time} was judged by. */
    public int witnesses() {
        return witnesses;
    }

    /** Time between two reports of an entity that is not unusual, milliseconds; 0 if it is not known yet. */
    public long longestUsualGap() {
        return typicalGap == 0 ? 0 : (long) (GAPS_ALLOWED * typicalGap) + SLACK_MILLIS;
    }

    /** Writes the state of the clock. */
    public void write(DataOutput target) throws IOException {
        target.writeLong(elapsed);
        target.writeFloat(typicalGap);
        target.writeInt(misses);
        target.writeLong(observed);
        target.writeBoolean(isBegun);
        target.writeLong(time);
        target.writeInt(entities.size());
        for (int i = 0; i < entities.size(); i++) {
            byte[] name = entities.name(i).getBytes(StandardCharsets.UTF_8);
            target.writeInt(name.length);
            target.write(name);
            target.writeLong(lastTimes[i]);
            target.writeFloat(usualGaps[i]);
            target.writeLong(seenAt[i]);
            target.writeLong(progress[i]);
            target.writeInt(reports[i]);
        }
    }

    /** Reads what {@link #write} wrote, into a new clock. */
    public void read(DataInput source) throws IOException {
        elapsed = source.readLong();
        typicalGap = source.readFloat();
        misses = source.readInt();
        observed = source.readLong();
        isBegun = source.readBoolean();
        time = source.readLong();
        int size = source.readInt();
        if (size < 0 || size > CAPACITY) {
            throw new IOException("found " + size + " entities in the state of a clock, at most " + CAPACITY + " fit");
        }
        for (int i = 0; i < size; i++) {
            byte[] name = new byte[source.readInt()];
            source.readFully(name);
            entities.add(new String(name, StandardCharsets.UTF_8));
            lastTimes[i] = source.readLong();
            usualGaps[i] = source.readFloat();
            seenAt[i] = source.readLong();
            progress[i] = source.readLong();
            reports[i] = source.readInt();
        }
        isOutdated = true;
    }

    private static int rank(int count) {
        return count < 3 ? 1 : 1 + Math.max(1, count / 4);
    }

    /**
     * Returns how far a time is ahead of the clock, if that is more than a margin; 0 otherwise, and if there are too few
     * entities to tell.
     *
     * @param reported event time of the newest report
     * @param margin lead that is usual, milliseconds, at least 0
     */
    public long lead(long reported, long margin) {
        // The clock advances, so the last result is usually enough.
        if (time != UNKNOWN && reported - time <= margin) {
            return 0;
        }
        long now = time();
        return now == UNKNOWN || witnesses < LEAST_WITNESSES || reported - now <= margin ? 0 : reported - now;
    }
}
