package dev.noether.flink.assembly;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The partitions that have values of one entity, and the event time that each had reached at the last of them. At most
 * {@value #MOST}: of more, the one that is furthest behind is forgotten. Not thread safe.
 */
final class EntityPartitions {
    /** Partitions of an entity at most. */
    static final int MOST = 64;

    /** Stands for the partitions of a state that did not tell them apart. */
    static final long UNKNOWN_PARTITION = 0;

    private long[] partitions;
    private long[] reached;
    private int size;

    EntityPartitions() {
        this(new long[1], new long[1], 0);
    }

    private EntityPartitions(long[] partitions, long[] reached, int size) {
        this.partitions = partitions;
        this.reached = reached;
        this.size = size;
    }

    EntityPartitions copy() {
        return new EntityPartitions(partitions.clone(), reached.clone(), size);
    }

    int size() {
        return size;
    }

    /** Notes a value of the entity in a partition. */
    void see(long partition, long partitionReached) {
        for (int i = 0; i < size; i++) {
            if (partitions[i] == partition) {
                reached[i] = Math.max(reached[i], partitionReached);
                return;
            }
        }
        if (size == MOST) {
            remove(furthestBehind());
        }
        if (size == partitions.length) {
            partitions = Arrays.copyOf(partitions, 2 * size);
            reached = Arrays.copyOf(reached, 2 * size);
        }
        partitions[size] = partition;
        reached[size++] = partitionReached;
    }

    private int furthestBehind() {
        int at = 0;
        for (int i = 1; i < size; i++) {
            at = reached[i] < reached[at] ? i : at;
        }
        return at;
    }

    private void remove(int at) {
        size--;
        partitions[at] = partitions[size];
        reached[at] = reached[size];
    }

    /**
     * Returns whether all partitions of the entity have passed a time; those that no longer count are then forgotten. A
     * partition does not count if nothing of it has come for some time, or if it has gone on for some time, by its own
     * clock, without a value of the entity. One at least must have passed.
     *
     * @param time event time
     * @param times what is known of all partitions
     * @param quietSince time of the clock after which something must have come
     * @param patience by how much a partition goes on without a value of the entity, milliseconds
     */
    boolean havePassed(long time, PartitionTimes times, long quietSince, long patience) {
        boolean hasPassed = false;
        for (int i = 0; i < size; i++) {
            if (current(i, times) >= time) {
                hasPassed = true;
            } else if (counts(i, times, quietSince, patience)) {
                return false;
            }
        }
        if (hasPassed) {
            for (int i = size - 1; i >= 0; i--) {
                if (current(i, times) < time) {
                    remove(i);
                }
            }
        }
        return hasPassed;
    }

    private long current(int at, PartitionTimes times) {
        return Math.max(reached[at], times.reached(partitions[at]));
    }

    private boolean counts(int at, PartitionTimes times, long quietSince, long patience) {
        if (times.newsAt(partitions[at]) <= quietSince) {
            return false;
        }
        // A clock that was not known at the value says nothing about what has passed since.
        return reached[at] == Long.MIN_VALUE || current(at, times) - reached[at] < patience;
    }

    void write(DataOutputView target) throws IOException {
        target.writeByte(size);
        for (int i = 0; i < size; i++) {
            target.writeLong(partitions[i]);
            target.writeLong(reached[i]);
        }
    }

    void read(DataInputView source) throws IOException {
        int stored = source.readByte();
        for (int i = 0; i < stored; i++) {
            see(source.readLong(), source.readLong());
        }
    }
}
