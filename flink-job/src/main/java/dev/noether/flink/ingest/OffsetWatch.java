package dev.noether.flink.ingest;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Follows the offsets of the observations and finds those that retention removed before they were read. Kafka's client
 * goes on behind them without an error.
 *
 * <p>A gap alone is no loss: markers of transactions and compaction leave gaps too. Only offsets below the oldest one of
 * the partition count. Not thread safe.
 */
final class OffsetWatch {
    private static final int VERSION = 1;
    private static final long UNKNOWN = -1;
    /** The marker of one transaction. Retention removes whole segments. */
    private static final long MARKER = 1;

    private final OldestOffsets oldest;
    private long[] next = new long[0];

    OffsetWatch(OldestOffsets oldest) {
        this.oldest = oldest;
    }

    /**
     * Takes the next offset of a partition. Allocates nothing, unless the partition is new.
     *
     * @return number of offsets before it that retention removed
     */
    long accept(int partition, long offset) {
        if (partition >= next.length) {
            grow(partition);
        }
        long expected = next[partition];
        next[partition] = offset + 1;
        if (expected == UNKNOWN || offset - expected <= MARKER) {
            return 0;
        }
        return Math.max(0, Math.min(offset, oldest.of(partition)) - expected);
    }

    /** Writes the next offset of each partition, with a format version. */
    void write(DataOutput target) throws IOException {
        target.writeByte(VERSION);
        target.writeInt(next.length);
        for (long offset : next) {
            target.writeLong(offset);
        }
    }

    /**
     * Reads what {@link #write} wrote, beside what it knows already: of two offsets of a partition, the larger one is
     * that of the subtask that read it last.
     */
    void read(DataInput source) throws IOException {
        int version = source.readByte();
        if (version != VERSION) {
            throw new IOException("the next offsets have format version " + version + "; this version of Noether reads "
                    + "version " + VERSION);
        }
        int partitions = source.readInt();
        for (int i = 0; i < partitions; i++) {
            long offset = source.readLong();
            if (i >= next.length) {
                grow(i);
            }
            next[i] = Math.max(next[i], offset);
        }
    }

    private void grow(int partition) {
        int former = next.length;
        next = Arrays.copyOf(next, partition + 1);
        Arrays.fill(next, former, next.length, UNKNOWN);
    }
}
