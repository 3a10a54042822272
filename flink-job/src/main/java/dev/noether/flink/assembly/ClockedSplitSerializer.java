package dev.noether.flink.assembly;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Writes a split with the state of its clock: the bytes of Flink's own serializer, and those of the clock. The versions of
 * Flink's serializer are read as well: earlier imports wrote splits without clocks. Stateless.
 */
final class ClockedSplitSerializer implements SimpleVersionedSerializer<KafkaPartitionSplit> {
    /** What is added to the version of Flink's serializer if a clock follows. */
    private static final int WITH_CLOCK = 1_000;

    private final KafkaPartitionSplitSerializer splits = new KafkaPartitionSplitSerializer();

    @Override
    public int getVersion() {
        return WITH_CLOCK + splits.getVersion();
    }

    @Override
    public byte[] serialize(KafkaPartitionSplit split) throws IOException {
        byte[] position = splits.serialize(split);
        byte[] clock = split instanceof ClockedSplit clocked ? clocked.clock() : new byte[0];
        DataOutputSerializer target = new DataOutputSerializer(2 * Integer.BYTES + position.length + clock.length);
        target.writeInt(position.length);
        target.write(position);
        target.write(clock);
        return target.getCopyOfBuffer();
    }

    @Override
    public KafkaPartitionSplit deserialize(int version, byte[] bytes) throws IOException {
        if (version < WITH_CLOCK) {
            return splits.deserialize(version, bytes);
        }
        DataInputDeserializer source = new DataInputDeserializer(bytes);
        byte[] position = new byte[source.readInt()];
        source.readFully(position);
        KafkaPartitionSplit split = splits.deserialize(version - WITH_CLOCK, position);
        return new ClockedSplit(split, Arrays.copyOfRange(bytes, Integer.BYTES + position.length, bytes.length));
    }
}
