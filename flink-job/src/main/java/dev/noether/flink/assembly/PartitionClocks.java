package dev.noether.flink.assembly;

import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The clocks of the partitions that one subtask reads. They are sent to the job empty. Not thread safe. */
final class PartitionClocks implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int FIRST_BYTES = 256;

    private transient @Nullable Map<TopicPartition, PartitionClock> clocks;

    /** Returns the clock of a partition; a new one if it has none. */
    PartitionClock of(TopicPartition partition) {
        Map<TopicPartition, PartitionClock> known = clocks;
        if (known == null) {
            known = new HashMap<>();
            clocks = known;
        }
        return known.computeIfAbsent(
                partition, one -> new PartitionClock(PartitionClock.id(one.topic(), one.partition())));
    }

    /** Returns the state of a clock; no bytes if the partition has none. */
    byte[] save(TopicPartition partition) throws IOException {
        PartitionClock clock = clocks == null ? null : clocks.get(partition);
        if (clock == null) {
            return new byte[0];
        }
        DataOutputSerializer target = new DataOutputSerializer(FIRST_BYTES);
        clock.write(target);
        return target.getCopyOfBuffer();
    }

    /** Gives a partition the clock of a state that {@link #save} made. */
    void restore(TopicPartition partition, byte[] state) throws IOException {
        if (state.length > 0) {
            of(partition).read(new DataInputDeserializer(state));
        }
    }
}
