package dev.noether.incident.tracker;

import dev.noether.incident.clock.SourceClock;
import dev.noether.incident.silence.ReportingRhythm;
import java.util.ArrayList;
import java.util.List;

/**
 * How far the clock of an entity is behind that of the source, or ahead of it. A lead is measured against the other
 * entities of the same partition: their scores come in the order of the partition, so a replay measures the same. A lag
 * is measured against the event time before which no further score is expected. Not thread safe; allocates only for a
 * new partition.
 */
final class EntityClocks {
    /** Usual gaps of an entity that count as the usual lead over the other entities. */
    private static final int GAPS = 2;

    private static final int MOST_PARTITIONS = 10_000;
    private static final long SLACK_MILLIS = 1_000;

    private final List<SourceClock> partitions = new ArrayList<>();
    private long watermark = SourceClock.UNKNOWN;

    /** Tells the event time before which no further score is expected. */
    void advance(long time) {
        watermark = Math.max(watermark, time);
    }

    /** Adds a score; returns how far its time is ahead of its partition, milliseconds; 0 if that is usual. */
    long lead(String entity, int partition, long time, ReportingRhythm rhythm) {
        int index = Math.max(0, Math.min(MOST_PARTITIONS - 1, partition));
        while (partitions.size() <= index) {
            partitions.add(new SourceClock());
        }
        SourceClock clock = partitions.get(index);
        clock.observe(entity, time);
        return clock.lead(time, usualLead(rhythm));
    }

    private static long usualLead(ReportingRhythm rhythm) {
        return (long) (GAPS * rhythm.usualGapMillis()) + SLACK_MILLIS;
    }

    /**
     * Returns the lag of an entity, milliseconds; negative if it is ahead. A lead is believed step by step: the first
     * row after a pause of the source looks as if it were ahead.
     *
     * @param rhythm the entity's rhythm
     * @param time event time of its newest score
     * @param lead result of {@link #lead}
     * @param before the lag until now, which is kept while the time of the source is unknown
     */
    int lagMillis(ReportingRhythm rhythm, long time, long lead, int before) {
        if (lead > 0) {
            long believable = 2L * Math.max(0, -before) + (long) rhythm.usualGapMillis();
            return (int) -Math.min(Integer.MAX_VALUE, Math.min(lead - usualLead(rhythm), believable));
        }
        if (watermark == SourceClock.UNKNOWN) {
            return Math.max(0, before);
        }
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, watermark - time));
    }
}
