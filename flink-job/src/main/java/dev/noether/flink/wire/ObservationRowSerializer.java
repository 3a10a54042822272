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
 * Writes a row as entity (Flink's string format), event time (8 bytes), partition (4), offset (8), number of values
 * (4), and values: 4 bytes each if all of them are floats, as in Noether's own records. Otherwise 8 bytes each, and the
 * complement of their number is written before them. Not thread safe.
 */
public final class ObservationRowSerializer extends ImmutableValueSerializer<ObservationRow> {
    private static final long serialVersionUID = 1L;

    private transient @Nullable EntityNames names;

    /** Makes another instance, because each has its own cache of entity names. */
    @Override
    public TypeSerializer<ObservationRow> duplicate() {
        return new ObservationRowSerializer();
    }

    @Override
    public void serialize(ObservationRow row, DataOutputView target) throws IOException {
        StringValue.writeString(row.entity(), target);
        target.writeLong(row.eventTime());
        target.writeInt(row.partition());
        target.writeLong(row.offset());
        double[] values = row.values();
        if (areFloats(values)) {
            target.writeInt(values.length);
            for (double value : values) {
                target.writeInt(Float.floatToRawIntBits((float) value));
            }
        } else {
            target.writeInt(~values.length);
            for (double value : values) {
                target.writeLong(Double.doubleToRawLongBits(value));
            }
        }
    }

    private static boolean areFloats(double[] values) {
        for (double value : values) {
            if ((float) value != value && !Double.isNaN(value)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public ObservationRow deserialize(DataInputView source) throws IOException {
        if (names == null) {
            names = new EntityNames();
        }
        String entity = names.read(source);
        long eventTime = source.readLong();
        int partition = source.readInt();
        long offset = source.readLong();
        int length = source.readInt();
        double[] values = new double[length < 0 ? ~length : length];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    length < 0 ? Double.longBitsToDouble(source.readLong()) : Float.intBitsToFloat(source.readInt());
        }
        return new ObservationRow(entity, eventTime, partition, offset, values);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        StringValue.copyString(source, target);
        target.write(source, Long.BYTES + Integer.BYTES + Long.BYTES);
        int length = source.readInt();
        target.writeInt(length);
        target.write(source, length < 0 ? ~length * Double.BYTES : length * Float.BYTES);
    }

    @Override
    public ObservationRow createInstance() {
        return new ObservationRow("", 0, 0, 0, new double[0]);
    }

    @Override
    public TypeSerializerSnapshot<ObservationRow> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The serializer's entry in a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ObservationRow> {
        public Snapshot() {
            super(ObservationRowSerializer::new);
        }
    }
}
