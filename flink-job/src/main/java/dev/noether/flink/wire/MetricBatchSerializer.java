package dev.noether.flink.wire;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/**
 * Writes a batch as entity (Flink's string format), partition and the two reached times (8 bytes each), number of values
 * (4), and four numbers of 8 bytes for each value. Not thread safe.
 */
public final class MetricBatchSerializer extends ImmutableValueSerializer<MetricBatch> {
    private static final long serialVersionUID = 1L;

    private transient @Nullable EntityNames names;

    /** Makes another instance, because each has its own cache of entity names. */
    @Override
    public TypeSerializer<MetricBatch> duplicate() {
        return new MetricBatchSerializer();
    }

    @Override
    public void serialize(MetricBatch batch, DataOutputView target) throws IOException {
        StringValue.writeString(batch.entity(), target);
        target.writeLong(batch.partition());
        target.writeLong(batch.reached());
        target.writeLong(batch.advancedTo());
        target.writeInt(batch.size());
        for (long number : batch.numbers()) {
            target.writeLong(number);
        }
    }

    @Override
    public MetricBatch deserialize(DataInputView source) throws IOException {
        if (names == null) {
            names = new EntityNames();
        }
        String entity = names.read(source);
        long partition = source.readLong();
        long reached = source.readLong();
        long advancedTo = source.readLong();
        long[] numbers = new long[MetricBatch.STRIDE * source.readInt()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = source.readLong();
        }
        return new MetricBatch(entity, partition, reached, advancedTo, numbers);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        StringValue.copyString(source, target);
        target.write(source, 3 * Long.BYTES);
        int size = source.readInt();
        target.writeInt(size);
        target.write(source, size * MetricBatch.STRIDE * Long.BYTES);
    }

    @Override
    public MetricBatch createInstance() {
        return new MetricBatch("", 0, 0, 0, new long[0]);
    }

    @Override
    public TypeSerializerSnapshot<MetricBatch> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The serializer's entry in a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<MetricBatch> {
        public Snapshot() {
            super(MetricBatchSerializer::new);
        }
    }
}
