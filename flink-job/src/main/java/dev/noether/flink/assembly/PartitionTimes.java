package dev.noether.flink.assembly;

import java.util.Arrays;

/**
 * The times that the partitions have reached, by the batches that came to one subtask, and when the last batch of each
 * came. It is no state: it begins anew with each start. Not thread safe; allocates only for a new partition.
 */
final class PartitionTimes {
    private static final int NO_CODE = 0;

    private final SeriesIndex index = new SeriesIndex();
    private final long start;
    private long[] reached = new long[index.capacity()];
    private long[] newsAt = new long[index.capacity()];

    /**
     * Makes the times of a subtask that has got nothing.
     *
     * @param start present time of the clock, milliseconds
     */
    PartitionTimes(long start) {
        this.start = start;
    }

    /** Notes a batch of a partition. */
    void see(long partition, long partitionReached, long now) {
        int at = index.find(NO_CODE, partition);
        if (at < 0) {
            at = index.add(NO_CODE, partition);
            if (index.capacity() > reached.length) {
                reached = Arrays.copyOf(reached, index.capacity());
                newsAt = Arrays.copyOf(newsAt, index.capacity());
            }
            reached[at] = partitionReached;
        }
        reached[at] = Math.max(reached[at], partitionReached);
        newsAt[at] = now;
    }

    /** Event time that a partition has reached; {@link Long#MIN_VALUE} if nothing of it has come. */
    long reached(long partition) {
        int at = index.find(NO_CODE, partition);
        return at < 0 ? Long.MIN_VALUE : reached[at];
    }

    /** Time of the clock at which the last batch of a partition came; the start if none has. */
    long newsAt(long partition) {
        int at = index.find(NO_CODE, partition);
        return at < 0 ? start : newsAt[at];
    }
}
