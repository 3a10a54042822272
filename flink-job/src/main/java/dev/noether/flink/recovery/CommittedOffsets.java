package dev.noether.flink.recovery;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * The offsets of each partition of the observations topic that have a committed result. Immutable.
 *
 * @param partitions offsets by partition
 */
public record CommittedOffsets(Map<Integer, OffsetRanges> partitions) implements Serializable {
    /** No offsets. */
    public static final CommittedOffsets NONE = new CommittedOffsets(Map.of());

    private static final int VERSION = 1;

    public CommittedOffsets {
        partitions = Map.copyOf(partitions);
    }

    /** Whether no partition has such an offset. */
    public boolean isEmpty() {
        return partitions.values().stream().allMatch(OffsetRanges::isEmpty);
    }

    /** Returns the offsets of a partition. */
    public OffsetRanges of(int partition) {
        return partitions.getOrDefault(partition, OffsetRanges.NONE);
    }

    /** Writes the offsets with a format version. */
    void write(DataOutput target) throws IOException {
        target.writeByte(VERSION);
        target.writeInt(partitions.size());
        for (Map.Entry<Integer, OffsetRanges> partition : new TreeMap<>(partitions).entrySet()) {
            target.writeInt(partition.getKey());
            partition.getValue().write(target);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the version is unknown
     */
    static CommittedOffsets read(DataInput source) throws IOException {
        int version = source.readByte();
        if (version != VERSION) {
            throw new IOException("committed offsets have format version " + version
                    + "; this version of Noether reads " + "version " + VERSION);
        }
        Map<Integer, OffsetRanges> partitions = new TreeMap<>();
        for (int rest = source.readInt(); rest > 0; rest--) {
            partitions.put(source.readInt(), OffsetRanges.read(source));
        }
        return new CommittedOffsets(partitions);
    }
}
