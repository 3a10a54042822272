package dev.noether.flink.scoring;

import dev.noether.model.alarm.AlarmState;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.RunningScale;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.repeat.RepeatRuns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@link EntityState} as plain numbers behind a format version: at 38 features, with the forecast from 5 rows,
 * 1,940 bytes an entity, and two for each feature while one stands still.
 */
public final class EntityStateSerializer extends TypeSerializerSingleton<EntityState> {
    /** The one instance. */
    public static final EntityStateSerializer INSTANCE = new EntityStateSerializer();

    private static final long serialVersionUID = 1L;
    private static final int FORMAT_VERSION = 3;

    /** From here on the features that stand still are kept, and how many rows came late. */
    private static final int THIRD_FORMAT = 3;

    /** Kept one scale of residuals, of another score: its rows are read, the baseline starts anew. */
    private static final int FIRST_FORMAT = 1;

    private EntityStateSerializer() {}

    @Override
    public void serialize(EntityState state, DataOutputView target) throws IOException {
        WindowBuffer window = state.window();
        target.writeByte(FORMAT_VERSION);
        target.writeInt(window.windowRows());
        target.writeInt(window.slack());
        target.writeInt(window.features());
        target.writeInt(window.size());
        for (int i = 0; i < window.size(); i++) {
            target.writeLong(window.time(i));
            for (int j = 0; j < window.features(); j++) {
                target.writeFloat(window.value(i, j));
            }
        }
        target.writeShort(window.lateRows());
        target.writeLong(window.setBackMillis());
        target.writeLong(state.modelVersion());
        EntityBaseline baseline = state.baseline();
        target.writeBoolean(baseline != null);
        if (baseline != null) {
            target.writeInt(baseline.rows());
            target.writeFloat(baseline.memory());
            target.writeByte(baseline.views());
            for (int view = 0; view < baseline.views(); view++) {
                writeScale(baseline.view(view), target);
            }
            writeScale(baseline.raw(), target);
        }
        AlarmState alarms = state.alarms();
        target.writeBoolean(alarms != null);
        if (alarms != null) {
            target.writeFloat(alarms.location());
            target.writeFloat(alarms.scale());
            target.writeFloat(alarms.correction());
            target.writeInt(alarms.burstLevel());
            target.writeInt(alarms.pausedWindows());
        }
        short[] repeats = state.repeats().repeats();
        target.writeShort(repeats.length);
        for (short repeat : repeats) {
            target.writeShort(repeat);
        }
    }

    @Override
    public EntityState deserialize(DataInputView source) throws IOException {
        int format = source.readByte();
        if (format < FIRST_FORMAT || format > FORMAT_VERSION) {
            throw new IOException("found state format version " + format + ", supports at most " + FORMAT_VERSION);
        }
        int windowRows = source.readInt();
        int slack = source.readInt();
        int features = source.readInt();
        WindowBuffer window = new WindowBuffer(windowRows, slack, features);
        float[] row = new float[features];
        int size = source.readInt();
        for (int i = 0; i < size; i++) {
            long time = source.readLong();
            for (int j = 0; j < features; j++) {
                row[j] = source.readFloat();
            }
            window.add(time, row, 0);
        }
        if (format >= THIRD_FORMAT) {
            window.setLate(source.readUnsignedShort(), source.readLong());
        }
        long modelVersion = source.readLong();
        boolean judged = source.readBoolean();
        if (format == FIRST_FORMAT) {
            if (judged) {
                readFirstScale(source, features);
            }
            return new EntityState(window);
        }
        EntityBaseline baseline = judged ? readBaseline(source, features) : null;
        AlarmState alarms = source.readBoolean() ? readAlarms(source) : null;
        RepeatRuns repeats = format < THIRD_FORMAT ? new RepeatRuns() : readRepeats(source);
        return new EntityState(window, repeats, baseline, alarms, modelVersion);
    }

    @Override
    public EntityState deserialize(EntityState reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public EntityState copy(EntityState from) {
        WindowBuffer window = from.window();
        WindowBuffer copy = new WindowBuffer(window.windowRows(), window.slack(), window.features());
        float[] row = new float[window.features()];
        for (int i = 0; i < window.size(); i++) {
            for (int j = 0; j < row.length; j++) {
                row[j] = window.value(i, j);
            }
            copy.add(window.time(i), row, 0);
        }
        copy.setLate(window.lateRows(), window.setBackMillis());
        @Nullable EntityBaseline baseline = from.baseline();
        @Nullable AlarmState alarms = from.alarms();
        return new EntityState(
                copy,
                from.repeats().copy(),
                baseline == null ? null : baseline.copy(),
                alarms == null ? null : alarms.copy(),
                from.modelVersion());
    }

    @Override
    public EntityState copy(EntityState from, EntityState reuse) {
        return copy(from);
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public @Nullable EntityState createInstance() {
        return null;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public TypeSerializerSnapshot<EntityState> snapshotConfiguration() {
        return new Snapshot();
    }

    private static EntityBaseline readBaseline(DataInputView source, int features) throws IOException {
        int rows = source.readInt();
        float memory = source.readFloat();
        int count = source.readByte();
        List<RunningScale> views = new ArrayList<>(count);
        for (int view = 0; view < count; view++) {
            views.add(readScale(source, features));
        }
        return new EntityBaseline(views, readScale(source, features), rows, memory);
    }

    private static AlarmState readAlarms(DataInputView source) throws IOException {
        return new AlarmState(
                source.readFloat(), source.readFloat(), source.readFloat(), source.readInt(), source.readInt());
    }

    private static RepeatRuns readRepeats(DataInputView source) throws IOException {
        short[] repeats = new short[source.readUnsignedShort()];
        for (int j = 0; j < repeats.length; j++) {
            repeats[j] = source.readShort();
        }
        return RepeatRuns.of(repeats);
    }

    private static void writeScale(RunningScale scale, DataOutputView target) throws IOException {
        for (int j = 0; j < scale.features(); j++) {
            target.writeFloat(scale.mean(j));
            target.writeFloat(scale.variance(j));
        }
    }

    private static RunningScale readScale(DataInputView source, int features) throws IOException {
        float[] mean = new float[features];
        float[] variance = new float[features];
        for (int j = 0; j < features; j++) {
            mean[j] = source.readFloat();
            variance[j] = source.readFloat();
        }
        return new RunningScale(mean, variance);
    }

    private static void readFirstScale(DataInputView source, int features) throws IOException {
        source.skipBytesToRead(2 * features * Float.BYTES);
    }

    /** What a checkpoint remembers of the serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<EntityState> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
