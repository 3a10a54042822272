package dev.noether.flink.assembly;

import dev.noether.flink.source.field.SeriesHash;
import dev.noether.incident.clock.SourceClock;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The event time that one partition has reached: the time of a {@link SourceClock}, but never less than before. If one
 * entity alone reports, a jump of its time counts when the next record confirms it: one wrong time would make the values
 * of hours late. Everything depends on the order of the records alone, and the state is part of a checkpoint: a replay
 * judges late the same values. Not thread safe; {@link #observe} allocates nothing.
 */
final class PartitionClock {
    /** The clock counts a time as reached when a quarter of the entities have reached it. */
    private static final int SHARE = 4;

    private static final int FORMAT_VERSION = 1;

    private final long partition;
    private final SourceClock clock = SourceClock.cautious();
    private long reached = SourceClock.UNKNOWN;
    /** A time of the only entity that no second record has confirmed. */
    private long doubtful = SourceClock.UNKNOWN;

    private int ahead;

    /**
     * Makes the clock of a partition.
     *
     * @param partition what {@link #id} returns for it
     */
    PartitionClock(long partition) {
        this.partition = partition;
    }

    /** Returns a number that stands for a partition of a topic, the same in each process and version. */
    static long id(String topic, int partition) {
        return SeriesHash.of(topic, Integer.toString(partition));
    }

    /** The number that stands for the partition. */
    long partition() {
        return partition;
    }

    /** The time that the partition has reached, milliseconds; {@link SourceClock#UNKNOWN} at first. */
    long reached() {
        return reached;
    }

    /** Notes the newest time of a record's values of an entity; returns the time that the partition has reached. */
    long observe(String entity, long time) {
        // A value of an earlier time says only that its entity reports.
        clock.observe(entity, Math.max(time, reached));
        if (time > reached) {
            if (++ahead * SHARE >= clock.sampled()) {
                // One look costs as much as the sample is large, so it waits for as many records as may change its
                // result.
                ahead = 0;
                advance(clock.time());
            }
        } else {
            doubtful = SourceClock.UNKNOWN;
        }
        return reached;
    }

    private void advance(long time) {
        if (time <= reached) {
            return;
        }
        if (reached == SourceClock.UNKNOWN || clock.witnesses() > 1 || time - reached <= clock.longestUsualGap()) {
            reached = time;
            doubtful = SourceClock.UNKNOWN;
        } else if (doubtful == SourceClock.UNKNOWN) {
            doubtful = time;
        } else {
            reached = Math.min(doubtful, time);
            doubtful = SourceClock.UNKNOWN;
        }
    }

    void write(DataOutput target) throws IOException {
        target.writeByte(FORMAT_VERSION);
        target.writeLong(reached);
        target.writeLong(doubtful);
        target.writeInt(ahead);
        clock.write(target);
    }

    /**
     * Reads what {@link #write} wrote, into a new clock.
     *
     * @throws IOException if the format version is unknown
     */
    void read(DataInput source) throws IOException {
        int version = source.readByte();
        if (version != FORMAT_VERSION) {
            throw new IOException(
                    "found version " + version + " of the clock of a partition, supports only " + FORMAT_VERSION);
        }
        reached = source.readLong();
        doubtful = source.readLong();
        ahead = source.readInt();
        clock.read(source);
    }
}
