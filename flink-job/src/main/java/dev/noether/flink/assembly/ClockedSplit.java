package dev.noether.flink.assembly;

import java.util.Optional;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * A position in a partition, with the state of its clock there. Immutable: nobody writes to the bytes.
 */
final class ClockedSplit extends KafkaPartitionSplit {
    private final byte[] clock;

    /**
     * Makes the split.
     *
     * @param split the position
     * @param clock state of the clock, as {@link PartitionClocks#save} makes it
     */
    ClockedSplit(KafkaPartitionSplit split, byte[] clock) {
        super(split.getTopicPartition(), split.getStartingOffset(), stoppingOffset(split.getStoppingOffset()));
        this.clock = clock;
    }

    private static long stoppingOffset(Optional<Long> offset) {
        return offset.orElse(NO_STOPPING_OFFSET);
    }

    byte[] clock() {
        return clock;
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
