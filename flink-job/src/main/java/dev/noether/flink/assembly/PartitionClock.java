package dev.noether.flink.assembly;

import dev.noether.incident.clock.SourceClock;

/**
 * The event time that one partition has reached: the time of a {@link SourceClock}, but never less than before. It
 * depends on the order of the records alone. Not thread safe; allocates nothing.
 */
final class PartitionClock {
    /** The clock counts a time as reached when a quarter of the entities have reached it. */
    private static final int SHARE = 4;

    private final SourceClock clock = new SourceClock();
    private long reached = SourceClock.UNKNOWN;
    private int ahead;

    /** The time that the partition has reached, milliseconds; {@link SourceClock#UNKNOWN} at first. */
    long reached() {
        return reached;
    }

    /** Notes the newest time of a record's values of an entity; returns the time that the partition has reached. */
    long observe(String entity, long time) {
        // A value of an earlier time says only that its entity reports.
        clock.observe(entity, Math.max(time, reached));
        if (time > reached && ++ahead * SHARE >= clock.sampled()) {
            // One look costs as much as the sample is large, so it waits for as many records as may change its result.
            ahead = 0;
            reached = Math.max(reached, clock.time());
        }
        return reached;
    }
}
